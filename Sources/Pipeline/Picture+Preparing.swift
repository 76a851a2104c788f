import Arrays
import Images
import Jobs

extension Picture {
    /// The picture cropped, resized, coloured and quantised.
    ///
    /// - Throws: `JobFault` when the crop is outside, `ImageError` when nothing is left.
    func prepared(
        _ prepare: PrepareSpec, name: String, source: String
    ) throws -> JobPicture {
        var picture = self
        switch prepare.crop {
        case .none: break
        case .center: picture = picture.centerSquare()
        case .rectangle(let box):
            guard box.x + box.width <= picture.width, box.y + box.height <= picture.height else {
                throw JobFault(
                    .mismatch(
                        "the rectangle leaves \(source), which has \(picture.height) × "
                            + "\(picture.width) pixels",
                        remedy: "write x + width of at most \(picture.width), and y + height of at "
                            + "most \(picture.height)"), at: .key("prepare")["crop"])
            }
            picture = try picture.cropped(
                to: Images.PixelRectangle(x: box.x, y: box.y, width: box.width, height: box.height))
        }
        if let size = prepare.size, picture.width != size || picture.height != size {
            picture = try picture.resized(width: size, height: size, filter: .bicubic)
        }
        let isReshaped = picture != self
        let wasColour = picture.channels > 2
        switch prepare.color {
        case .keep: break
        case .rgb: picture = picture.converted(to: .rgb)
        case .gray: picture = picture.converted(to: .gray)
        }
        return JobPicture(
            name: name, source: source, values: try picture.floats(bits: prepare.bits),
            isReshaped: isReshaped, isGrayed: wasColour && prepare.color == .gray)
    }
}
