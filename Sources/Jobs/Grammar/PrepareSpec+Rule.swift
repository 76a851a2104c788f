internal import YAML

extension PrepareSpec {
    static var rule: Rule<PrepareSpec> {
        .record(
            PrepareSpec(),
            [
                .setting("crop", \.crop, Crop.rule, "The part of the picture that is taken."),
                .setting(
                    "size", \.size, .word("keep", or: .integer(in: 1...8192)),
                    "The width and height after resizing, in pixels."),
                .setting("color", \.color, .word(Color.self), "The colours of the picture."),
                .setting(
                    "bits", \.bits, .integer(in: 1...8),
                    "The bit depth to which the picture itself is quantised; 8 leaves it."),
            ])
    }
}

extension PrepareSpec.Crop {
    static var rule: Rule<PrepareSpec.Crop> {
        let rectangle = PixelRectangle.rule
            .mapped(to: { Self.rectangle($0) }, from: { _ in .placeholder })
        return .first(
            of: [.word("none", for: .none), .word("center", for: .center), rectangle]
        ) { crop in
            switch crop {
            case .none: "none"
            case .center: "center"
            case .rectangle(let rectangle): PixelRectangle.rule.write(rectangle)
            }
        }
    }
}

extension PixelRectangle {
    fileprivate static let placeholder = PixelRectangle(x: 0, y: 0, width: 1, height: 1)

    static var rule: Rule<PixelRectangle> {
        .record(
            placeholder,
            [
                .required("x", \.x, .integer(in: 0...65535), "The left edge, counted from 0."),
                .required("y", \.y, .integer(in: 0...65535), "The top edge, counted from 0."),
                .required("width", \.width, .integer(in: 1...65536), "In pixels."),
                .required("height", \.height, .integer(in: 1...65536), "In pixels."),
            ])
    }
}

extension OutputSpec {
    static var rule: Rule<OutputSpec> {
        .record(
            OutputSpec(),
            [
                .setting("images", \.images, .word(Images.self), "How pictures are written."),
                .setting(
                    "arrays", \.arrays, .boolean,
                    "Whether every picture is also written as an NPY file in float32."),
                .setting("report", \.report, .boolean, "Whether report.html is written."),
            ])
    }
}
