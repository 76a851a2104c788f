/// Shapes in the words of people who look at pictures.
enum PictureWords {
    /// Width, height and colours of pictures of `shape`, channels first: `64×64 RGB`.
    static func size(_ shape: [Int]) -> String {
        guard shape.count == 3 else { return shape.map(String.init).joined(separator: "×") }
        let color =
            switch shape[0] {
            case 1: "gray"
            case 3: "RGB"
            default: "with \(shape[0]) channels"
            }
        return "\(shape[2])×\(shape[1]) \(color)"
    }
}
