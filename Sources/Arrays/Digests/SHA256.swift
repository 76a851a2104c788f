import CCodecs

/// The Secure Hash Algorithm with 256 bits (FIPS 180-4, section 6.2), piece by piece.
package struct SHA256: Sendable {
    /// What does the work; the results are the same.
    package enum Engine: Sendable {
        /// The processor's own instructions where it has some.
        case fastest
        case portable
    }

    private let engine: Engine
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
        0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    /// Bytes that do not fill a block yet.
    private var pending: [UInt8] = []
    private var count: UInt64 = 0

    package init(engine: Engine = .fastest) {
        self.engine = engine
    }

    /// Continues with `bytes`.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = min(64 - pending.count, rest.count)
            pending += rest.prefix(missing)
            rest = rest.dropFirst(missing)
            guard pending.count == 64 else { return }
            pending.withUnsafeBytes { compress($0) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count / 64 * 64
        compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
        pending += rest.dropFirst(whole)
    }

    /// Continues with `bytes`.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest of everything so far, in lower-case hexadecimal digits.
    package var hexadecimal: String {
        var last = self
        let bits = count &* 8
        let padding = (119 - Int(count % 64)) % 64
        last.update([0x80] + [UInt8](repeating: 0, count: padding))
        last.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
        return last.state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    /// The digest of `bytes`.
    package static func hexadecimal(of bytes: [UInt8]) -> String {
        var digest = SHA256()
        digest.update(bytes)
        return digest.hexadecimal
    }

    /// The digest of the content of `file`.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package static func hexadecimal(of file: InputFile) throws(ArrayError) -> String {
        var digest = SHA256()
        try file.forEachBlock { (block) throws(ArrayError) in digest.update(block) }
        return digest.hexadecimal
    }

    /// Works through `blocks`, whose size is a multiple of 64.
    private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
        if engine == .fastest {
            let bytes = blocks.bindMemory(to: UInt8.self)
            if cc_sha256_blocks(&state, bytes.baseAddress, bytes.count / 64) != 0 { return }
        }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            for start in stride(from: 0, to: blocks.count, by: 64) {
                Self.expand(blocks, at: start, into: schedule)
                mix(schedule)
            }
        }
    }

    /// Step 1: the message schedule.
    private static func expand(
        _ blocks: UnsafeRawBufferPointer, at start: Int,
        into schedule: UnsafeMutableBufferPointer<UInt32>
    ) {
        for t in 0..<16 {
            let word = blocks.loadUnaligned(fromByteOffset: start + 4 * t, as: UInt32.self)
            schedule[t] = UInt32(bigEndian: word)
        }
        for t in 16..<64 {
            let a = schedule[t - 15]
            let b = schedule[t - 2]
            let sigma0 = rotated(a, 7) ^ rotated(a, 18) ^ a >> 3
            let sigma1 = rotated(b, 17) ^ rotated(b, 19) ^ b >> 10
            schedule[t] = sigma1 &+ schedule[t - 7] &+ sigma0 &+ schedule[t - 16]
        }
    }

    /// Steps 2 to 4: the working variables and the new state.
    private mutating func mix(_ schedule: UnsafeMutableBufferPointer<UInt32>) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        roundConstants.withUnsafeBufferPointer { constants in
            for t in 0..<64 {
                let sum1 = Self.rotated(e, 6) ^ Self.rotated(e, 11) ^ Self.rotated(e, 25)
                let choice = (e & f) ^ (~e & g)
                let first = h &+ sum1 &+ choice &+ constants[t] &+ schedule[t]
                let sum0 = Self.rotated(a, 2) ^ Self.rotated(a, 13) ^ Self.rotated(a, 22)
                let majority = (a & b) ^ (a & c) ^ (b & c)
                (h, g, f, e) = (g, f, e, d &+ first)
                (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
            }
        }
        for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
    }

    @inline(__always)
    private static func rotated(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5,
    0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
    0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3,
    0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
    0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC,
    0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
    0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
    0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
    0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13,
    0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
    0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3,
    0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
    0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5,
    0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208,
    0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
]
