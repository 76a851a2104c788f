/// The middle of what stands out in a plane, in pixels from its first.
struct CenterOfMass: Equatable {
    /// What is smaller is taken for an error of whoever made the plane.
    static let least = 0.2

    let row: Double
    let column: Double

    init(row: Double, column: Double) {
        self.row = row
        self.column = column
    }

    /// The middle of `values`, row by row, of which 1 is as far as they should go; nil when nothing
    /// stands out.
    init?(of values: [Double], width: Int) {
        var (mass, rows, columns) = (0.0, 0.0, 0.0)
        for (place, value) in values.enumerated() {
            let size = min(abs(value), 1)
            guard size > Self.least else { continue }
            mass += size
            rows += size * Double(place / width)
            columns += size * Double(place % width)
        }
        guard mass > 0, mass.isFinite else { return nil }
        self.init(row: rows / mass, column: columns / mass)
    }

    /// The mean of `centers`, and how far they are from it on average; nil when there are none.
    static func spread(_ centers: [CenterOfMass]) -> (center: CenterOfMass, spread: Double)? {
        guard !centers.isEmpty else { return nil }
        let count = Double(centers.count)
        let mean = CenterOfMass(
            row: centers.map(\.row).reduce(0, +) / count,
            column: centers.map(\.column).reduce(0, +) / count)
        let squares = centers.map {
            ($0.row - mean.row) * ($0.row - mean.row)
                + ($0.column - mean.column) * ($0.column - mean.column)
        }
        return (mean, (squares.reduce(0, +) / count).squareRoot())
    }
}
