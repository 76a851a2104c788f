/// How a checkpoint is stored, told by its first bytes.
enum CheckpointFormat {
    case archive, stream

    /// The format of `file`.
    ///
    /// - Throws: `ArrayError` that says what the file is instead, if that is known.
    init(of file: InputFile) throws(ArrayError) {
        let head = try file.bytes(at: 0, count: min(file.size, 512))
        if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
            self = .archive
        } else if head.first == PickleOpcode.proto.rawValue {
            self = .stream
        } else {
            throw ArrayError(.unsupported(Self.explanation(of: head)), in: file.path)
        }
    }

    /// What a file that begins with `head` is, and what to do about it.
    private static func explanation(of head: [UInt8]) -> String {
        func begins(_ text: String) -> Bool { head.starts(with: text.utf8) }
        if head.isEmpty { return "is empty; copy or download it again" }
        if head.count == 512, head[257..<262].elementsEqual("ustar".utf8) {
            return "is a tar archive, perhaps a checkpoint of PyTorch before 0.1.10; load it "
                + "with PyTorch and save its state_dict() again"
        }
        if begins("version https://git-lfs") {
            return "is a pointer of Git LFS, not the checkpoint itself; run: git lfs pull"
        }
        if begins("<") { return "is a web page, not a checkpoint; download it again" }
        if head.count > 8, head[8] == UInt8(ascii: "{") {
            return "is not a checkpoint of PyTorch, but perhaps a safetensors file"
        }
        if head.starts(with: [0x1F, 0x8B]) {
            return "is gzipped; unpack it with: gunzip"
        }
        return "is not a checkpoint of PyTorch: neither its ZIP archive nor its older stream"
    }
}
