internal import YAML

extension BlurSpec {
    /// The keys as written, of which one says what kind of kernel it is.
    private struct Form {
        var gaussian: Double?
        var size: Int?
        var kernel: String?
        var motion: Motion?
        var boundary = Boundary.reflect
    }

    private struct Motion {
        var length = 1.0
        var angle = 0.0

        static var rule: Rule<Motion> {
            .record(
                Motion(),
                [
                    .required("length", \.length, .number(.from(0.001, to: 1024)), "In pixels."),
                    .required(
                        "angle", \.angle, .number(.from(-360, to: 360)),
                        "In degrees, anticlockwise from the right."),
                ])
        }
    }

    static var rule: Rule<BlurSpec> {
        Rule.record(
            Form(), fields,
            [.exactlyOne(["gaussian", "kernel", "motion"]), .only("size", with: "gaussian")]
        )
        .mapped(to: Self.init(form:), from: \.form)
    }

    private static var fields: [Field<Form>] {
        [
            .optional(
                "gaussian", \.gaussian, .number(.above(0, to: 512)),
                "The standard deviation of a Gaussian kernel, in pixels."),
            .optional(
                "size", \.size, .oddSize,
                "The width and height of the Gaussian kernel in pixels, odd; 31 when left out."),
            .optional("kernel", \.kernel, .arrayPath, "An NPY file with the kernel."),
            .optional("motion", \.motion, Motion.rule, "A line."),
            .setting(
                "boundary", \.boundary, .word(Boundary.self),
                "What is assumed beyond the edge of the picture."),
        ]
    }

    private init(form: Form) {
        boundary = form.boundary
        if let path = form.kernel {
            kernel = .file(path)
        } else if let motion = form.motion {
            kernel = .motion(length: motion.length, angle: motion.angle)
        } else {
            kernel = .gaussian(std: form.gaussian ?? 1, size: form.size ?? 31)
        }
    }

    private var form: Form {
        var form = Form(boundary: boundary)
        switch kernel {
        case .gaussian(let std, let size): (form.gaussian, form.size) = (std, size)
        case .file(let path): form.kernel = path
        case .motion(let length, let angle): form.motion = Motion(length: length, angle: angle)
        }
        return form
    }
}

extension Rule where Value == Int {
    /// The size of a kernel that has a middle.
    fileprivate static var oddSize: Rule {
        integer(in: 1...1023).refusing { size, _ in
            size.isMultiple(of: 2)
                ? ("is \(size)", "write an odd number, such as \(size + 1)") : nil
        }
    }
}

extension DownsampleSpec {
    static var rule: Rule<DownsampleSpec> {
        .record(
            DownsampleSpec(factor: 2),
            [
                .required(
                    "factor", \.factor, .integer(in: 2...64),
                    "How many pixels become one, along each axis."),
                .setting("filter", \.filter, .word(Filter.self), "The antialiasing filter."),
            ])
    }
}

extension RandomMatrixSpec {
    static var rule: Rule<RandomMatrixSpec> {
        .record(
            RandomMatrixSpec(measurements: 1),
            [
                .required(
                    "measurements", \.measurements, .integer(in: 1...1_000_000),
                    "The number of rows."),
                .setting(
                    "scaling", \.scaling, .word(Scaling.self),
                    "unit: entries of variance 1; normalized: of variance 1/measurements."),
                .setting("seed", \.seed, .seed, "The seed of the entries."),
            ])
    }
}
