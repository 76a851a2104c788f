import Glibc

/// The other side cannot be spoken with any more.
package struct StreamError: Error, Equatable, CustomStringConvertible {
    /// What the system said.
    package let code: Int32

    package init(code: Int32) {
        self.code = code
    }

    package var description: String {
        "the program at the other end cannot be reached: \(String(cString: strerror(code)))"
    }
}
