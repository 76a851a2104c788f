import Arrays
import Jobs

/// What the numbers of an NPY file stand for, which says of what type they may be.
enum ArrayContent {
    /// Of a picture: 0 for black and 1 for white.
    case picture
    /// Of a measurement, in the unit that the operator gives.
    case measurement
    /// Signs, +1 and −1.
    case signs

    /// What the files of a job hold.
    init(_ spec: JobSpec) {
        switch spec.given {
        case .truth: self = .picture
        case .measurement: self = spec.forward.factorOfSigns == nil ? .measurement : .signs
        }
    }

    /// What is wrong with elements of `type`, and what to write instead; nil when they will do.
    func trouble(with type: ElementType) -> (problem: String, remedy: String)? {
        switch (self, type.kind) {
        case (_, .fraction), (.signs, .signed): nil
        case (.picture, _):
            (
                "an NPY picture has floating-point numbers, 0 for black and 1 for white, not "
                    + type.rawValue, "divide it by its largest value"
            )
        case (.measurement, _):
            (
                "an NPY measurement has floating-point numbers, not \(type.rawValue)",
                "write it as float32, in the unit that forward gives: 0 for black and 1 for white "
                    + "where it is a picture"
            )
        case (.signs, _):
            (
                "signs are 1 and -1, and \(type.rawValue) has no -1",
                "write them as int8 or float32"
            )
        }
    }
}

extension ElementType {
    /// What kind of numbers it has.
    fileprivate enum Kind {
        case fraction, signed, other
    }

    fileprivate var kind: Kind {
        switch self {
        case .float16, .bfloat16, .float32, .float64: .fraction
        case .int8, .int16, .int32, .int64: .signed
        case .bool, .uint8, .uint16, .uint32, .uint64, .complex64: .other
        }
    }
}
