import Arrays

extension ConversionOptions {
    /// Height and width: the option, or what the configuration says.
    ///
    /// - Throws: `ConversionError` when nobody says.
    func requiredSize(_ format: CheckpointFormat) throws(ConversionError) -> [Int] {
        if let size { return size }
        if let side = configured("size") { return [side, side] }
        throw ConversionError(
            format, .missingOption("--size", why: "the file does not say how large pictures are"))
    }

    /// The depth: the option, or what the configuration says, or the program's default.
    ///
    /// - Throws: `ConversionError` when there are no such pictures.
    func depth(_ usual: Int, _ format: CheckpointFormat) throws(ConversionError) -> Int {
        let bits = bits ?? configured("n_bits_x") ?? usual
        guard (1...16).contains(bits) else {
            throw ConversionError(
                format, .wrongOption("--bits", why: "is \(bits), must be from 1 to 16"))
        }
        return bits
    }

    private func configured(_ name: String) -> Int? {
        configuration?[name]?.integer
    }
}
