extension ModelDescription {
    /// Where the weights of a model came from that another program trained.
    package struct Origin: Codable, Sendable, Equatable {
        /// How they were stored, in the words of `sluice model convert --from`.
        package var format: String
        /// The name of the file that they were read from.
        package var file: String
        /// The SHA-256 of that file.
        package var sha256: String
        /// What was found out or decided on the way, such as the variant that was detected.
        package var notes: [String]

        package init(format: String, file: String, sha256: String, notes: [String] = []) {
            self.format = format
            self.file = file
            self.sha256 = sha256
            self.notes = notes
        }
    }
}
