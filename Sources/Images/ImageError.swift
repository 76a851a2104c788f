package import Arrays

/// Why bytes could not become a picture, or a picture could not be made as asked.
package struct ImageError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// The bytes begin neither as PNG nor as JPEG.
        case unrecognized
        /// The file is damaged, in the words of its decoder.
        case malformed(String)
        /// The file ends before its decoder has all that it needs; what is there may be right.
        case truncated(String)
        /// A valid file uses something that is not read here.
        case unsupported(String)
        /// The picture has more pixels than are allowed.
        case tooLarge(width: Int, height: Int, maximumPixels: Int)
        /// The picture has transparent pixels, which were to be refused.
        case transparent
        /// The array is no picture because of its shape.
        case impossibleShape([Int], expected: String)
        /// The array is no picture because of its elements.
        case impossibleElements(ElementType, expected: String)
        /// Two pictures that were to be compared have different shapes.
        case unequalShapes([Int], [Int])
        /// A rectangle reaches outside the picture.
        case outside(PixelRectangle, width: Int, height: Int)
        /// A value is not a number.
        case notANumber
        /// A setting is out of its range.
        case impossibleSetting(String)
    }

    package let reason: Reason
    /// The file or picture that the error is about.
    package let context: String

    package init(_ reason: Reason, in context: String) {
        self.reason = reason
        self.context = context
    }

    package var description: String { "\(context): \(reason)" }
}

extension ImageError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unrecognized:
            "neither a PNG nor a JPEG file; convert the picture to one of them"
        case .malformed(let what):
            "damaged: \(what); copy or export the picture again"
        case .truncated(let what):
            "incomplete: \(what); copy or export the picture again"
        case .unsupported(let what):
            "\(what); convert the picture to an ordinary PNG or JPEG"
        case .tooLarge(let width, let height, let maximum):
            "\(width)x\(height) pixels are more than the \(maximum) allowed; make it smaller"
        case .transparent:
            "has transparent pixels, which are refused here; flatten the picture first"
        case .impossibleShape(let shape, let expected):
            "the shape is \(shape), not \(expected)"
        case .impossibleElements(let type, let expected):
            "the elements are \(type.rawValue), not \(expected)"
        case .unequalShapes(let first, let second):
            "shapes \(first) and \(second) differ, so the pictures cannot be compared"
        case .outside(let rectangle, let width, let height):
            "\(rectangle) reaches outside the \(width)x\(height) picture"
        case .notANumber:
            "holds a value that is not a number"
        case .impossibleSetting(let what):
            what
        }
    }
}
