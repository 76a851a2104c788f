import Foundation

extension Encodable {
    /// One line of JSON, the keys in alphabetical order.
    ///
    /// - Throws: what encoding throws.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
