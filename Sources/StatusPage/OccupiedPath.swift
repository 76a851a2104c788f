/// A path where the page's socket is wanted, and where something else is that stays as it is.
package struct OccupiedPath: Error, Equatable, CustomStringConvertible {
    let path: String

    package var description: String {
        "\(path) is no socket and stays as it is; remove it, or choose another path for --socket"
    }
}
