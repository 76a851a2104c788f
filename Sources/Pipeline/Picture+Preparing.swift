import Arrays
import Images
import Jobs

extension Picture {
    /// The picture cropped, resized, coloured and quantised.
    ///
    /// - Throws: `ImageError` when the crop is outside.
    func prepared(
        _ prepare: PrepareSpec, name: String, source: String
    ) throws(ImageError) -> JobPicture {
        var picture = self
        switch prepare.crop {
        case .none: break
        case .center: picture = picture.centerSquare()
        case .rectangle(let box):
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
