/// The style of the report: for a dark and a light screen, wide and narrow, and for paper.
enum StyleSheet {
    static let css = colors + text + tiles + pictures + zoom + tables + experiments + paper

    private static let colors = """

        :root{--page:#fbfaf8;--box:#fff;--ink:#1c1e21;--soft:#5d636b;--line:#dedbd4;
        --link:#0b5cad;--good:#17713a;--bad:#b3261e;--warn:#fff3d6;--warn-line:#e0a100;
        --warn-ink:#5a4000}
        @media screen and (prefers-color-scheme:dark){:root{--page:#15171a;--box:#1e2125;
        --ink:#e8e6e1;--soft:#a2a8b0;--line:#353a41;--link:#7db8f5;--good:#6fd391;--bad:#ff8f85;
        --warn:#3a2f10;--warn-line:#c99a1c;--warn-ink:#ffe3a1;--plot-0:#5fb3ea;--plot-1:#ff9350;
        --plot-2:#3fcf9f;--plot-3:#e8a0c8;--plot-6:#b3a4e0;--plot-7:#b0b0b0}}

        """

    private static let text = """
        *{box-sizing:border-box}
        html{scroll-padding-top:1rem}
        body{margin:0 auto;padding:2rem 1.5rem 4rem;max-width:1240px;background:var(--page);
        color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",
        sans-serif}
        h1{margin:0;font-size:2rem;line-height:1.2;overflow-wrap:anywhere}
        h2{margin:2.5rem 0 .8rem;font-size:1.35rem;line-height:1.2}
        h3{margin:0;font-size:1rem;overflow-wrap:anywhere}
        a{color:var(--link)}
        .kicker{margin:0;color:var(--soft);font-size:.8rem;letter-spacing:.08em;
        text-transform:uppercase}
        .lead{margin:.3rem 0 0;color:var(--soft);overflow-wrap:anywhere}
        .hint{margin:-.4rem 0 1rem;color:var(--soft);font-size:.87rem}
        nav{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin-top:1.2rem}
        .warnings{margin-top:1.2rem;padding:.8rem 1.1rem;background:var(--warn);
        color:var(--warn-ink);border-left:5px solid var(--warn-line);border-radius:4px}
        .warnings h2{margin:0 0 .3rem;font-size:1rem}
        .warnings ul{margin:0;padding-left:1.2rem;overflow-wrap:anywhere}
        .warnings a{color:inherit}
        summary{cursor:pointer;color:var(--link)}

        """

    private static let tiles = """
        .tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:1.4rem 0 0}
        .tile{flex:1 1 auto;min-width:9rem;max-width:26rem;padding:.8rem 1.1rem;background:var(--box);
        border:1px solid var(--line);border-radius:8px}
        .tile dt{color:var(--soft);font-size:.8rem}
        .tile dd{margin:0;font-size:1.6rem;font-weight:600;line-height:1.3;white-space:nowrap;
        font-variant-numeric:tabular-nums}
        .tile dd span{font-size:1rem;font-weight:400}
        .tile dd.note{color:var(--soft);font-size:.8rem;font-weight:400}
        .tile.bad dd{color:var(--bad)}

        """

    private static let pictures = """
        .picture{margin-bottom:1rem;padding:.9rem 1.1rem 1rem;background:var(--box);
        border:1px solid var(--line);border-radius:8px;break-inside:avoid}
        .scroll+.picture{margin-top:1rem}
        .picture h3{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;
        margin-bottom:.5rem}
        .score{font-weight:400;font-variant-numeric:tabular-nums;white-space:nowrap}
        .gain{color:var(--good)}
        .loss{color:var(--bad)}
        .views{display:grid;grid-template-columns:repeat(var(--columns),minmax(0,1fr));gap:.8rem}
        .views figure{margin:0;min-width:0}
        .views .open{display:block;cursor:zoom-in}
        .views img,.views svg{display:block;width:100%;height:auto;border-radius:3px;
        outline:1px solid var(--line);background:#808080}
        .pixels{image-rendering:pixelated}
        figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .6rem;
        padding-top:.25rem;font-size:.87rem;line-height:1.35}
        [id$="-restored"] figcaption span,[id$="-noise"] figcaption span{font-weight:600}
        figcaption small{color:var(--soft);font-size:inherit;font-variant-numeric:tabular-nums;
        white-space:nowrap}
        .remarks{margin:.5rem 0 0;color:var(--soft);font-size:.87rem;
        font-variant-numeric:tabular-nums}
        .warning{margin:.4rem 0 0;padding:.3rem .7rem;background:var(--warn);
        color:var(--warn-ink);border-left:4px solid var(--warn-line);border-radius:3px;
        font-size:.87rem;overflow-wrap:anywhere}
        .fold{margin-bottom:1rem}
        .fold summary{padding:.6rem 0;font-weight:600}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(340px,100%),1fr));
        gap:1rem}
        .plots figure{margin:0;max-width:36rem;padding:.8rem;background:var(--box);border:1px solid var(--line);
        border-radius:8px;break-inside:avoid}

        """

    private static let zoom = """
        .close,.previous,.next{display:none}
        @media screen{
        figure:target .close{display:block;position:fixed;inset:0;z-index:10;
        background:rgba(16,17,19,.93);cursor:zoom-out}
        figure:target .close::after{content:"\\2715";position:absolute;top:.7rem;right:1.2rem;
        color:#fff;font-size:1.6rem}
        figure:target img,figure:target svg{position:fixed;z-index:11;inset:3rem 4rem 5rem;margin:auto;
        width:calc(100% - 8rem);height:calc(100% - 8rem);object-fit:contain;background:none;
        outline:none;pointer-events:none}
        figure:target figcaption{position:fixed;z-index:11;left:0;right:0;bottom:1.4rem;
        justify-content:center;color:#fff;font-size:1.1rem;pointer-events:none}
        figure:target figcaption small{color:#ccc}
        figure:target .previous,figure:target .next{display:flex;position:fixed;z-index:12;top:0;
        bottom:0;width:4rem;margin:auto;height:8rem;align-items:center;justify-content:center;
        color:#fff;font-size:3rem;text-decoration:none}
        figure:target .previous{left:0}
        figure:target .next{right:0}
        }

        """

    private static let tables = """
        table{border-collapse:collapse;font-size:.9rem}
        caption{padding-bottom:.3rem;color:var(--soft);text-align:left;font-size:.87rem}
        th,td{padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);text-align:left;
        vertical-align:top}
        .facts th{font-weight:400;color:var(--soft)}
        .facts td{font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .settings{margin:0;columns:3 18rem;column-gap:3rem;font-size:.9rem}
        .settings div{display:flex;justify-content:space-between;gap:1rem;padding:.3rem 0;
        border-bottom:1px solid var(--line);break-inside:avoid}
        .settings dt{color:var(--soft)}
        .settings dd{margin:0;text-align:right;overflow-wrap:anywhere;min-width:40%}
        .pair{display:flex;flex-wrap:wrap;gap:1.5rem 4rem;align-items:flex-start}
        .scroll{overflow-x:auto}
        .numbers{width:100%}
        .numbers th:not(:first-child),.numbers td{text-align:right;padding-left:.8rem;
        padding-right:0;font-variant-numeric:tabular-nums;white-space:nowrap}
        .numbers thead th{color:var(--soft);font-weight:400;white-space:normal;
        vertical-align:bottom}
        .numbers tbody th{font-weight:400;overflow-wrap:anywhere;min-width:8rem}
        .numbers td.failed{text-align:left;white-space:normal;color:var(--bad)}
        .numbers tfoot{font-weight:600}
        .card-title{margin:1.2rem 0 .4rem}
        .card{margin:0;padding:1rem 1.2rem;background:var(--box);
        border:1px solid var(--line);border-radius:8px;
        overflow-wrap:anywhere;font-size:.9rem}
        .card h4{margin:1rem 0 .3rem}
        .card h4:first-child{margin-top:0}
        .card p,.card ul{margin:.3rem 0}
        .card td{padding:.1rem 1.2rem .1rem 0;vertical-align:top}
        .card pre{margin:.3rem 0;white-space:pre-wrap;
        font:.8rem/1.45 ui-monospace,Menlo,"DejaVu Sans Mono",monospace}
        @media (max-width:700px){body{padding:1.2rem .8rem 3rem}h1{font-size:1.5rem}
        .tile dd{font-size:1.25rem}.views{gap:.4rem}.picture{padding:.7rem}}
        @media (max-width:520px){.views{grid-template-columns:repeat(3,minmax(0,1fr))}}

        """

    private static let experiments = """
        .about{max-width:48rem}
        .wide{grid-template-columns:repeat(auto-fit,minmax(min(460px,100%),1fr))}
        .wide figure{max-width:44rem}
        .numbers caption{padding-top:.8rem}
        .even{table-layout:fixed}
        .even td{white-space:pre-line}
        .even th:first-child{width:11rem}
        .even th:not(:first-child){width:8.8rem}
        .grid th{max-width:9rem;border:0;font-weight:400;vertical-align:middle}
        .grid td{width:8.5rem;padding:.2rem .3rem;border:0;text-align:center}
        .grid img{display:block;width:8rem;height:auto;border-radius:3px;background:#808080}
        .grid small{color:var(--soft);font-size:.8rem;font-variant-numeric:tabular-nums}

        """

    private static let paper = """
        @page{margin:14mm}
        @media print{
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        :root{--page:#fff}
        body{max-width:none;padding:0;font-size:10pt}
        nav,.hint{display:none}
        h2,h3{break-after:avoid}
        .warnings,.pair,#settings,tr{break-inside:avoid}
        tfoot{display:table-row-group}
        .picture{padding:2.5mm 4mm;margin-bottom:3mm}
        .picture h3{margin-bottom:1mm}
        .remarks{margin-top:1mm}
        .views{gap:3mm}
        .plots{grid-template-columns:repeat(2,1fr)}
        .scroll{overflow:visible}
        .numbers{font-size:8pt}
        a{color:inherit;text-decoration:none}
        }

        """
}
