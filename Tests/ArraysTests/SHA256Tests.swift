import Arrays
import Testing

/// The examples of FIPS 180 and NIST's "SHA test vectors for hashing byte-oriented messages".
@Suite struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func `short messages have the published digest`(_ message: String, _ digest: String) {
        for engine in [SHA256.Engine.fastest, .portable] {
            var hash = SHA256(engine: engine)
            hash.update(Array(message.utf8))
            #expect(hash.hexadecimal == digest)
        }
    }

    @Test func `a million letters have the published digest`() {
        var digest = SHA256()
        for _ in 0..<1000 { digest.update([UInt8](repeating: UInt8(ascii: "a"), count: 1000)) }
        #expect(
            digest.hexadecimal
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `both engines agree on every length`() {
        let message = (0..<400).map { UInt8(truncatingIfNeeded: $0 &* $0) }
        for length in 0...message.count {
            var fast = SHA256()
            var portable = SHA256(engine: .portable)
            fast.update(Array(message.prefix(length)))
            portable.update(Array(message.prefix(length)))
            #expect(fast.hexadecimal == portable.hexadecimal, "\(length) bytes")
        }
    }

    @Test func `pieces of any size give the digest of the whole`() {
        let message = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let whole = "9a76b8af8f16f19d60de2b3999c22f9d10be4395c90ea3bfc5eb6cd6254243af"
        for size in 1...130 {
            var digest = SHA256()
            for start in stride(from: 0, to: message.count, by: size) {
                digest.update(Array(message[start..<min(start + size, message.count)]))
            }
            #expect(digest.hexadecimal == whole, "pieces of \(size)")
        }
    }

    @Test(arguments: [
        (55, "5f25f149aa92e3e13093aed8216072fae623f35e26ca605b6cce17e04b7ccf44"),
        (56, "301c69927f1603720c9f847b7e5e3bef77a7b9f75344490fe9039f13c36b842a"),
        (63, "939765b120205cbedae2ed31256b1967c38b6bdd9b0220535224cbc0b906d333"),
        (64, "cc7321cce5e4409bd8077d58422e1214969059bbd40b4eeb0de0a642f40f7282"),
        (65, "b8de0db62b6c87db61345504a8038bf973d987e8d2111abd8beb407c0bf3d9db"),
        (119, "a96851d641310ce032ff832b6f08125878deed2a825fe515dd1ba414afe95f7e"),
        (120, "60ec7f280e45d0c7bf77b70ff16958b1c1701a9fb7faa12b798207cf120ec6ee"),
    ])
    func `lengths around a block have the digest of coreutils`(_ length: Int, _ digest: String) {
        #expect(SHA256.hexadecimal(of: [UInt8](repeating: 0x5A, count: length)) == digest)
    }
}
