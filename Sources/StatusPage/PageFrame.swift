/// What surrounds the part of the page that changes.
package enum PageFrame {
    /// The whole page, which without JavaScript is loaded again every five seconds.
    package static func page(_ html: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Sluice</title>
        <noscript><meta http-equiv="refresh" content="5"></noscript>
        <link rel="stylesheet" href="page.css">
        <script src="page.js" defer></script>
        </head>
        <body>
        <h1>Sluice</h1>
        <main>
        \(html)
        </main>
        </body>
        </html>

        """
    }

    /// Replaces what has changed whenever the server says so.
    ///
    /// A section takes the place of the old one when its pictures are there, or after half a second:
    /// nothing flickers, and pictures of results that are there are not loaded again.
    package static let script = """
        "use strict";
        const main = document.querySelector("main");
        let newest = 0;

        const loaded = element => Promise.race([
            Promise.allSettled([...element.querySelectorAll("img")].map(image => image.decode())),
            new Promise(done => setTimeout(done, 500)),
        ]);

        new EventSource("events").onmessage = async event => {
            const number = ++newest;
            const next = document.createElement("main");
            next.innerHTML = JSON.parse(event.data);
            const sections = [...next.children].map(section => {
                const old = document.getElementById(section.id);
                return old && old.outerHTML === section.outerHTML ? old : section;
            });
            await Promise.all(sections.filter(section => !section.isConnected).map(loaded));
            if (number === newest) main.replaceChildren(...sections);
        };

        """

    package static let style = """
        :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.4;
            --quiet: light-dark(#666, #aaa); --line: light-dark(#ddd, #444);
            --good: light-dark(#176b45, #6fcf9f); --warning: light-dark(#a63a00, #ff9f66); }
        body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
            background: light-dark(#fff, #181818); color: light-dark(#222, #e8e8e8); }
        h1 { margin: 0; }
        h2 { margin: 1.5rem 0 .3rem; font-size: 1.1rem; }
        ul { list-style: none; margin: 0; padding: 0; }
        li { padding: .6rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        a { color: inherit; }
        code { color: var(--quiet); }
        progress { display: block; width: 100%; margin: .4rem 0; }
        img { width: 96px; margin: .3rem .3rem 0 0; image-rendering: pixelated; }
        img.live { width: auto; height: 192px; }
        .warning { color: var(--warning); }
        .good { color: var(--good); }

        """
}
