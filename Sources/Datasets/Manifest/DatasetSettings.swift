import Images

/// How the pictures of a data set were chosen and prepared, as its manifest says it.
package struct DatasetSettings: Codable, Equatable, Sendable {
    /// `none`, `center` or `left,top,right,bottom`.
    package let crop: String
    package let size: Int?
    package let color: String?
    package let bits: Int
    package let filter: String
    /// `reduced` where JPEG files were decoded at a half, a quarter or an eighth of their size when
    /// that left twice the pixels that were needed; nil or `whole` where never.
    package let jpeg: String?
    /// Every part's share, in the order of the split.
    package let split: [Part]
    package let seed: UInt64
    /// The names that were left out.
    package let excluded: [String]

    package struct Part: Codable, Equatable, Sendable {
        package let name: String
        package let share: Double
    }

    init(_ preparation: DatasetPreparation) {
        crop = preparation.picture.crop.description
        size = preparation.picture.size
        color = preparation.picture.color?.rawValue
        bits = preparation.picture.bits
        filter = preparation.picture.filter.rawValue
        jpeg = preparation.picture.decoding.shortestJPEGSide == nil ? "whole" : "reduced"
        let parts = preparation.split?.parts ?? []
        split = parts.map { Part(name: $0.name, share: $0.share) }
        seed = preparation.seed
        excluded = preparation.excluded.lines.sorted()
    }
}

extension PicturePreparation.Crop: CustomStringConvertible {
    package var description: String {
        switch self {
        case .none: "none"
        case .center: "center"
        case .box(let box): "\(box.x),\(box.y),\(box.x + box.width),\(box.y + box.height)"
        }
    }
}
