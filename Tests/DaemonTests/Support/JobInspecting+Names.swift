import Daemon

extension JobInspecting {
    /// Inspectors of tests see no names in jobs that they refuse, unless they say so.
    func names(in content: [UInt8], defaults: (String) -> [UInt8]?) -> [String] { [] }
}
