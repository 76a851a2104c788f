extension TensorTransfer {
    /// The numbers that follow `place` in names, as in `blocks.NUMBER.flows`, sorted.
    func numbers(after place: String) -> [Int] {
        let found = names.compactMap { name -> Int? in
            guard name.hasPrefix(place) else { return nil }
            return Int(name.dropFirst(place.count).prefix { $0 != "." })
        }
        return Set(found).sorted()
    }

    /// - Throws: `ConversionError` when the names and shapes give no possible architecture.
    func check(_ settings: any ArchitectureSettings) throws(ConversionError) {
        guard settings.isSensible else {
            throw ConversionError(
                format,
                .impossible(
                    why: "what names and shapes say makes no model: "
                        + settings.summary))
        }
    }
}
