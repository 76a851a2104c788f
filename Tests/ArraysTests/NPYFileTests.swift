import Arrays
import Foundation
import TestSupport
import Testing

@Suite struct NPYFileTests {
    /// What NumPy's own writer put into a file, and whether a careful reader takes it.
    struct Expectation: Decodable {
        let expect: String
        let shape: [Int]?
        let values: [Double]?
        let sameValuesAs: String?

        enum CodingKeys: String, CodingKey {
            case expect, shape
            case values = "values_row_major"
            case sameValuesAs = "same_values_as"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            expect = try container.decode(String.self, forKey: .expect)
            shape = try container.decodeIfPresent([Int].self, forKey: .shape)
            sameValuesAs = try container.decodeIfPresent(String.self, forKey: .sameValuesAs)
            values = try container.decodeIfPresent([Number].self, forKey: .values)?.map(\.value)
        }
    }

    /// A number that may be spelt as text or as a truth value.
    struct Number: Decodable {
        let value: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let truth = try? container.decode(Bool.self) {
                value = truth ? 1 : 0
            } else if let number = try? container.decode(Double.self) {
                value = number
            } else {
                value = Double(try container.decode(String.self)) ?? .nan
            }
        }
    }

    struct Expectations: Decodable { let files: [String: Expectation] }

    private static let expected: [String: Expectation] = {
        let file: Expectations? = try? Golden.decoded("npy/expected.json")
        return file?.files.filter { $0.key.hasSuffix(".npy") } ?? [:]
    }()

    @Test func `the list of reference files is there`() {
        #expect(Self.expected.count > 40)
    }

    @Test(arguments: expected.keys.sorted())
    func `a reference file gets the verdict and the values it should`(_ name: String) throws {
        let expectation = try #require(Self.expected[name])
        let result = Result { try NPYFile(reading: Golden.url("npy/\(name)").path).array }
        switch expectation.expect {
        case "refuse": #expect(throws: ArrayError.self) { try result.get() }
        case "accept":
            let array = try result.get()
            if let shape = expectation.shape { #expect(array.shape == shape) }
            if let values = expectation.values {
                let found = try array.numbers(as: Double.self)
                #expect(found.count == array.count)
                #expect(found.prefix(24).elementsEqual(values, by: isSame))
            }
            if let other = expectation.sameValuesAs {
                #expect(try array == NPYFile(reading: Golden.url("npy/\(other)").path).array)
            }
        default: break
        }
    }

    /// Equal, or both not a number; zeros of different sign differ.
    private func isSame(_ a: Double, _ b: Double) -> Bool {
        a.isNaN && b.isNaN || a == b && a.sign == b.sign
    }

    @Test func `column-major values come in row-major order`() throws {
        let plain = try NPYFile(reading: Golden.url("npy/f4.npy").path).array
        #expect(try NPYFile(reading: Golden.url("npy/f4_fortran.npy").path).array == plain)
        #expect(try NPYFile(reading: Golden.url("npy/f4_bigendian.npy").path).array == plain)
    }

    @Test func `complex numbers are read where they are asked for`() throws {
        let path = Golden.url("npy/complex8.npy").path
        let array = try NPYFile(reading: path, complexNumbers: .accepted).array
        #expect(array.elementType == .complex64)
        #expect(array.shape == [2, 3])
    }

    @Test func `what is written is what NumPy writes`() throws {
        for name in ["f4", "f8_0d", "f4_1d_len1", "f4_empty_middle", "u2", "bool", "f2", "i8"] {
            let path = Golden.url("npy/\(name).npy")
            let file = try NPYFile(reading: path.path)
            #expect(try file.serialized() == [UInt8](Data(contentsOf: path)), "\(name)")
        }
    }

    @Test func `bfloat16 cannot be written`() throws {
        let array = try HostArray([1] as [Float], shape: [1]).converted(to: .bfloat16)
        #expect(throws: ArrayError.self) { try NPYFile(array).serialized() }
    }

    @Test func `no truncation and no flipped byte ends in a crash`() throws {
        let original = try [UInt8](Data(contentsOf: Golden.url("npy/f4_fortran.npy")))
        for length in 0..<original.count {
            #expect(throws: ArrayError.self) {
                try NPYFile(parsing: Array(original[..<length]), context: "cut")
            }
        }
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<1000 {
            var bytes = original
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
                UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            _ = try? NPYFile(parsing: bytes, context: "flipped")
        }
    }
}
