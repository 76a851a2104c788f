import Glibc

/// The reader that SLUICE_FUZZED_READER names; libFuzzer has the command line for itself.
private let reader: FuzzedReader = {
    let name = getenv("SLUICE_FUZZED_READER").map { String(cString: $0) } ?? ""
    guard let reader = FuzzedReader(rawValue: name) else {
        preconditionFailure("SLUICE_FUZZED_READER is \(name), which is no reader")
    }
    return reader
}()

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func feed(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    reader.feed(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
