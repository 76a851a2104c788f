import Arrays

extension ModelDescription {
    /// The files with the weights.
    ///
    /// One file is written as `{"file", "sha256", "parameters"}`, several as
    /// `{"files": [{"file", "sha256"}, …], "parameters"}`; the index beside several says which
    /// tensor is in which.
    package struct Weights: Codable, Sendable, Equatable {
        /// A file and its digest.
        package struct File: Codable, Sendable, Equatable {
            package var file: String
            package var sha256: String

            package init(file: String, sha256: String) {
                self.file = file
                self.sha256 = sha256
            }
        }

        package var files: [File]
        /// How many numbers were trained.
        package var parameters: Int

        package init(files: [File], parameters: Int) {
            self.files = files
            self.parameters = parameters
        }

        /// Weights in one file.
        package init(file: String, sha256: String, parameters: Int) {
            self.init(files: [File(file: file, sha256: sha256)], parameters: parameters)
        }

        /// What identifies the weights: the digest of the one file, or that of what `sha256sum`
        /// says about several.
        package var sha256: String {
            if files.count == 1 { return files[0].sha256 }
            let lines = files.map { "\($0.sha256)  \($0.file)\n" }.joined()
            return SHA256.hexadecimal(of: [UInt8](lines.utf8))
        }

        /// The file that errors about all weights together name.
        package var mainFile: String {
            files.count == 1 ? files[0].file : ModelFolder.indexFile
        }

        private enum CodingKeys: String, CodingKey {
            case file, sha256, files, parameters
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            parameters = try container.decode(Int.self, forKey: .parameters)
            guard container.contains(.files) else {
                files = [try File(from: decoder)]
                return
            }
            files = try container.decode([File].self, forKey: .files)
            guard !files.isEmpty else {
                throw DecodingError.dataCorruptedError(
                    forKey: .files, in: container, debugDescription: "there are no files")
            }
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(parameters, forKey: .parameters)
            if files.count == 1 {
                try files[0].encode(to: encoder)
            } else {
                try container.encode(files, forKey: .files)
            }
        }
    }
}
