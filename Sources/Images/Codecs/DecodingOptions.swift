/// What is accepted when a picture is decoded.
package struct DecodingOptions: Sendable {
    /// Above this no limit is taken seriously: sizes in bytes must not overflow.
    private static let mostPixels = 1 << 40

    /// What becomes of transparent pixels.
    package enum Alpha: Sendable {
        /// They are laid over white; the samples are blended as they are, without gamma.
        case overWhite
        /// A file with an alpha channel or a transparent colour is an error.
        case refuse
    }

    package var maximumPixels: Int
    package var alpha: Alpha
    /// A progressive JPEG may ask for any number of passes over the whole picture.
    package var maximumJPEGScans: Int
    /// A JPEG whose sides are at least twice as long may be decoded at a half, a quarter or an
    /// eighth of its size, as long as no side becomes shorter than this; nil never does.
    ///
    /// The decoder then leaves out the high frequencies of every block, which takes a fraction of
    /// the time of decoding them and averaging them away.
    package var shortestJPEGSide: Int?
    /// Whether that is done only where the edges of the largest square in the middle fall between
    /// the larger pixels, so that cropping to it cuts at the same place.
    package var keepsCentralSquare: Bool

    package init(
        maximumPixels: Int = 64_000_000, alpha: Alpha = .overWhite, maximumJPEGScans: Int = 100,
        shortestJPEGSide: Int? = nil, keepsCentralSquare: Bool = false
    ) {
        self.maximumPixels = maximumPixels
        self.alpha = alpha
        self.maximumJPEGScans = maximumJPEGScans
        self.shortestJPEGSide = shortestJPEGSide
        self.keepsCentralSquare = keepsCentralSquare
    }

    /// What the sides of a JPEG of `width` × `height` pixels are divided by.
    func reduction(width: Int, height: Int) -> Int {
        guard let shortestJPEGSide else { return 1 }
        let side = min(width, height)
        let offset = (max(width, height) - side) / 2
        return [8, 4, 2].first { divisor in
            side / divisor >= max(shortestJPEGSide, 1)
                && (!keepsCentralSquare || (side % divisor == 0 && offset % divisor == 0))
        } ?? 1
    }

    /// Refuses a picture that is empty or too large.
    func check(width: Int, height: Int, name: String) throws(ImageError) {
        guard width > 0, height > 0 else {
            throw ImageError(.malformed("the picture is \(width)x\(height) pixels"), in: name)
        }
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        let limit = min(maximumPixels, Self.mostPixels)
        guard !overflow, pixels <= limit else {
            throw ImageError(
                .tooLarge(width: width, height: height, maximumPixels: limit), in: name)
        }
    }
}
