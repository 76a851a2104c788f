internal import YAML

extension MaskSpec {
    /// The keys as written, of which one says what kind of mask it is.
    private struct Form {
        var center: Int?
        var box: PixelRectangle?
        var image: String?
        var keep: Double?
        var seed: UInt64?
    }

    static var rule: Rule<MaskSpec> {
        Rule.record(
            Form(), fields,
            [.exactlyOne(["center", "box", "image", "keep"]), .only("seed", with: "keep")]
        )
        .mapped(to: Self.init(form:), from: \.form)
    }

    private static var fields: [Field<Form>] {
        [
            .optional(
                "center", \.center, .integer(in: 1...8192),
                "The width and height of the missing square in the middle, in pixels."),
            .optional("box", \.box, PixelRectangle.rule, "The missing rectangle."),
            .optional(
                "image", \.image, .picturePath, "A picture that is white where pixels are known."),
            .optional(
                "keep", \.keep, .number(.above(0, to: 1)), "The fraction of pixels to keep."),
            .optional("seed", \.seed, .seed, "The seed of the draw of keep, 0 when left out."),
        ]
    }

    private init(form: Form) {
        if let box = form.box {
            self = .box(box)
        } else if let image = form.image {
            self = .image(image)
        } else if let fraction = form.keep {
            self = .keep(fraction: fraction, seed: form.seed ?? 0)
        } else {
            self = .center(form.center ?? 1)
        }
    }

    private var form: Form {
        switch self {
        case .center(let size): Form(center: size)
        case .box(let box): Form(box: box)
        case .image(let path): Form(image: path)
        case .keep(let fraction, let seed): Form(keep: fraction, seed: seed)
        }
    }
}
