/// This version of the programs, as the files that they write name it.
package enum Software {
    package static let version = "0.1.0"
    package static let name = "sluice \(version)"
}
