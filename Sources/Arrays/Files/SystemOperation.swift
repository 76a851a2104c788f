import Glibc

/// What the system was asked to do with a file.
package enum SystemOperation: String, Sendable {
    case open, read, map, create, write, publish
}

/// What the system says about `code`, in words.
func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
}
