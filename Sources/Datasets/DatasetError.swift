package import Arrays
package import Images

/// Why a data set could not be made, read or trusted.
package struct DatasetError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// A file could not be read or written, or is not what its format says.
        case array(ArrayError)
        /// A picture could not be decoded or prepared.
        case picture(ImageError)
        /// A setting makes no sense; the text says what to write instead.
        case setting(String)
        /// The pictures do not go together, or there are none.
        case pictures(String)
        /// There is no manifest, or it is not one.
        case manifest(String)
        /// The file is there already and was not to be replaced.
        case exists
    }

    package let reason: Reason
    /// The file, picture or setting that the error is about.
    package let context: String
    /// Whether it is about one picture, which can be left out.
    private var isAboutPicture = false

    package init(_ reason: Reason, in context: String) {
        self.reason = reason
        self.context = context
    }

    package init(_ error: ArrayError) {
        self.init(.array(error), in: error.context)
    }

    /// The same error, about a picture that can be left out.
    func aboutPicture() -> DatasetError {
        var error = self
        error.isAboutPicture = true
        return error
    }

    package var description: String {
        let advice = isAboutPicture ? "; or leave such pictures out with --skip-bad" : ""
        return printable("\(context): \(reason)\(advice)")
    }
}

extension DatasetError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .array(let error): error.reason.description
        case .picture(let error): error.reason.description
        case .setting(let what), .pictures(let what), .manifest(let what): what
        case .exists: "exists already; remove it, choose another name, or give --replace"
        }
    }
}

/// `text` without the control characters that a name in an archive may smuggle to a terminal.
package func printable(_ text: String) -> String {
    String(
        String.UnicodeScalarView(
            text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        ))
}

/// Runs `body` with its error as one of this target.
///
/// - Throws: `DatasetError` that wraps what `body` throws.
func wrappingArrayError<Result>(
    _ body: () throws(ArrayError) -> Result
) throws(DatasetError) -> Result {
    do throws(ArrayError) {
        return try body()
    } catch {
        throw DatasetError(error)
    }
}
