/// What surrounds the part of the page that changes.
package enum PageFrame {
    /// The whole page, which without JavaScript is loaded again every five seconds.
    package static func page(_ content: PageText) -> String {
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
        \(content.html)
        </main>
        </body>
        </html>

        """
    }

    /// Replaces what changes whenever the server says so.
    package static let script = """
        "use strict";
        const events = new EventSource("events");
        events.onmessage = event => {
            document.querySelector("main").innerHTML = JSON.parse(event.data);
        };

        """

    package static let style = """
        :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
        body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        ul { list-style: none; padding: 0; }
        li { padding: .5rem 0; border-top: 1px solid #8884; overflow-wrap: anywhere; }
        code { opacity: .6; }
        progress { width: 100%; }
        img { width: 96px; image-rendering: pixelated; margin: .3rem .3rem 0 0; display: inline-block; }
        .warning { color: #b40; }
        .good { color: #286; }

        """
}
