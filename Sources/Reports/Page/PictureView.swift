import Images

/// One of the pictures that stand side by side, with what is written below it.
struct PictureView {
    /// The end of its address within the page, such as `restored` in `#p3-restored`.
    let key: String
    let title: String
    let note: String?
    let picture: EmbeddedPicture
    private(set) var place = Place.here

    /// Where the page has the picture.
    enum Place: Equatable {
        case here
        /// Here, by this name, since it is shown elsewhere too.
        case named(String)
        /// Where it has this name.
        case elsewhere(String)
    }

    /// The pictures of `image` that there are, from truth to error.
    static func all(of image: ImageReport) throws(ImageError) -> [PictureView] {
        let pictures = image.pictures
        var views: [PictureView] = []
        if let truth = pictures.truth {
            views.append(try PictureView("truth", "Truth", nil, truth))
        }
        if let noise = pictures.trueNoise {
            views.append(
                try PictureView("added", "True noise", range(of: noise), noise.picture))
        }
        if let measurement = pictures.measurement {
            let note = image.score?.psnrInput.map { "\($0.fixed(2)) dB" }
            views.append(try PictureView("measurement", "Measurement", note, measurement))
        }
        let note = image.score.map { "\($0.psnr.fixed(2)) dB" }
        views.append(try PictureView("restored", "Restored", note, pictures.restored))
        if let noise = pictures.noise {
            let score = image.score?.psnrNoise.map { "\($0.fixed(2)) dB, " } ?? ""
            views.append(
                try PictureView("noise", "Noise", score + range(of: noise), noise.picture))
        }
        if let deviation = pictures.deviation {
            let note = "0 to \(deviation.scale.significant(2))"
            views.append(try PictureView("deviation", "How sure", note, deviation.picture))
        }
        if let samples = pictures.samples {
            views.append(try PictureView("samples", "Samples", nil, samples))
        }
        if let error = pictures.error {
            views.append(try PictureView("error", "Error", range(of: error), error.picture))
        }
        return views
    }

    /// The truth, the measurement, and what every method of `comparison` made of picture `index`.
    static func all(
        of comparison: [ComparedMethod], picture index: Int
    ) throws(ImageError) -> [PictureView] {
        let known = comparison.compactMap { index < $0.images.count ? $0.images[index] : nil }
        var views: [PictureView] = []
        if let truth = known.first?.pictures.truth {
            views.append(try PictureView("truth", "Truth", nil, truth))
        }
        if let first = known.first, let measurement = first.pictures.measurement {
            let note = first.score?.psnrInput.map { "\($0.fixed(2)) dB" }
            views.append(try PictureView("measurement", "Measurement", note, measurement))
        }
        for (place, method) in comparison.enumerated() where index < method.images.count {
            let image = method.images[index]
            let note = image.score.map { "\($0.psnr.fixed(2)) dB" } ?? image.seconds.duration
            views.append(
                try PictureView("method\(place + 1)", method.title, note, image.pictures.restored))
        }
        return views
    }

    /// Has the page hold what both rows show only once, in `first`, whose address is `anchor`.
    static func share(
        _ first: inout [PictureView], _ second: inout [PictureView], anchor: String
    ) {
        for place in second.indices {
            let address = second[place].picture.address
            guard let twin = first.firstIndex(where: { $0.picture.address == address }) else {
                continue
            }
            let name = "\(anchor)-\(first[twin].key)-picture"
            first[twin].place = .named(name)
            second[place].place = .elsewhere(name)
        }
    }

    private init(
        _ key: String, _ title: String, _ note: String?, _ picture: Picture
    ) throws(ImageError) {
        self.key = key
        self.title = title
        self.note = note
        self.picture = try EmbeddedPicture(picture)
    }

    /// What black and white mean where gray is zero.
    private static func range(of signed: SignedPicture) -> String {
        "\u{B1}\(signed.scale.significant(2))"
    }
}
