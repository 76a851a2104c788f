/// What a file may cost before it is refused.
package struct YAMLLimits: Sendable {
    package let bytes: Int
    /// Lists and mappings within each other.
    package let levels: Int
    /// How many mistakes are collected before reading ends.
    package let issues: Int

    package init(bytes: Int = 256 * 1024, levels: Int = 64, issues: Int = 100) {
        self.bytes = bytes
        self.levels = levels
        self.issues = issues
    }
}
