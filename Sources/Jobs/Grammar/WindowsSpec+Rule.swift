internal import YAML

extension WindowsSpec {
    static var rule: Rule<WindowsSpec> {
        .first(of: [.word("auto", for: WindowsSpec()), record]) { windows in
            windows == WindowsSpec() ? "auto" : record.write(windows)
        }
    }

    private static var record: Rule<WindowsSpec> {
        .record(
            WindowsSpec(),
            [
                .setting(
                    "overlap", \.overlap, .word("auto", or: .integer(in: 0...4095)),
                    "The pixels that a window shares with the next."),
                .setting(
                    "batch", \.batch, .word("auto", or: .integer(in: 1...4096)),
                    "The windows that are looked at together; memory is linear in it."),
            ])
    }
}
