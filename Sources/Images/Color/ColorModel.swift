/// The colours that a picture has.
package enum ColorModel: String, Sendable, CaseIterable {
    case gray, rgb

    package var channels: Int {
        switch self {
        case .gray: 1
        case .rgb: 3
        }
    }
}
