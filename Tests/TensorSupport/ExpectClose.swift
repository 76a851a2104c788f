package import Tensors
package import Testing

/// Expects two tensors of the same shape with elements that differ by no more than `tolerance`.
package func expectClose(
    _ found: Tensor, _ expected: Tensor, tolerance: Tolerance, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    guard found.shape == expected.shape else {
        Issue.record(
            "\(what) has shape \(found.shape), not \(expected.shape)",
            sourceLocation: sourceLocation)
        return
    }
    try expectClose(
        found.doubles(), expected.doubles(), tolerance: tolerance, what,
        sourceLocation: sourceLocation)
}

/// Expects as many numbers as in `expected`, none further away than `tolerance`.
package func expectClose(
    _ found: [Double], _ expected: [Double], tolerance: Tolerance, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    let margin = tolerance.margin(for: expected)
    let differences = zip(found, expected).map { found, expected in
        found == expected || (found.isNaN && expected.isNaN) ? 0 : abs(found - expected)
    }
    let worst = differences.indices.max {
        isSmaller(differences[$0], differences[$1])
    }
    guard let worst, !(differences[worst] <= margin) else { return }
    let count = differences.count { !($0 <= margin) }
    Issue.record(
        """
        \(what) \(count) of \(differences.count) elements differ by more than \(margin); \
        element \(worst) is \(found[worst]), expected \(expected[worst])
        """, sourceLocation: sourceLocation)
}

/// Expects one number, no further away than `tolerance`.
package func expectClose(
    _ found: Double, _ expected: Double, tolerance: Tolerance, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    try expectClose(
        [found], [expected], tolerance: tolerance, what, sourceLocation: sourceLocation)
}

/// Orders differences with NaN above all others.
private func isSmaller(_ a: Double, _ b: Double) -> Bool {
    b.isNaN ? !a.isNaN : a < b
}
