/// This program, as its files name it.
enum Software {
    static let version = "0.1.0"
    static let name = "sluice \(version)"
}
