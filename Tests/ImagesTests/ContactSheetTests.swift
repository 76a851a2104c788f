import Arrays
import Images
import Testing

@Suite struct ContactSheetTests {
    @Test func `cells stand in a grid with gutters`() throws {
        let cells = try (1...3).map {
            try picture([UInt8($0), UInt8(10 * $0)], width: 2, height: 1)
        }
        let sheet = ContactSheet(columns: 2, gutter: 1, background: 99)
        let expected: [UInt8] = [
            99, 99, 99, 99, 99, 99, 99,
            99, 1, 10, 99, 2, 20, 99,
            99, 99, 99, 99, 99, 99, 99,
            99, 3, 30, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99,
        ]
        #expect(try sheet.picture(of: cells) == picture(expected, width: 7, height: 5))
    }

    @Test func `a smaller picture stands in the middle`() throws {
        let cells = try [
            picture([7], width: 1, height: 1), picture(Array(0..<9), width: 3, height: 3),
        ]
        let sheet = try ContactSheet(columns: 1, gutter: 0, background: 50).picture(of: cells)
        #expect(sheet.pixels.bytes.prefix(9) == [50, 50, 50, 50, 7, 50, 50, 50, 50])
    }

    @Test func `one coloured picture makes the sheet coloured`() throws {
        let cells = try [
            picture([7], width: 1, height: 1),
            picture([1, 2, 3], width: 1, height: 1, channels: 3),
        ]
        let sheet = try ContactSheet(columns: 2, gutter: 0).picture(of: cells)
        #expect(sheet.pixels.bytes == [7, 7, 7, 1, 2, 3])
    }

    @Test func `magnified pixels are squares`() throws {
        let sheet = ContactSheet(gutter: 0, magnification: 2)
        let large = try sheet.picture(of: [picture([1, 2], width: 2, height: 1)])
        #expect(try large == picture([1, 1, 2, 2, 1, 1, 2, 2], width: 4, height: 2))
    }

    @Test func `without a number of columns the sheet is about square`() throws {
        let cell = try picture([0], width: 1, height: 1)
        let sheet = try ContactSheet(gutter: 0).picture(of: Array(repeating: cell, count: 10))
        #expect(sheet.width == 4)
        #expect(sheet.height == 3)
    }

    @Test func `impossible settings are refused`() throws {
        let cell = try picture([0], width: 1, height: 1)
        for sheet in [
            ContactSheet(columns: 0), ContactSheet(gutter: -1), ContactSheet(magnification: 0),
            ContactSheet(gutter: .max), ContactSheet(magnification: .max),
        ] {
            #expect(throws: ImageError.self) { try sheet.picture(of: [cell]) }
        }
        #expect(throws: ImageError.self) { try ContactSheet().picture(of: []) }
    }
}
