/// In what the matrix products of coupling networks are computed.
package enum Precision: String, Codable, Sendable {
    case float32
    /// Half the size, eight bits of precision: faster on GPUs. Everything else, log-determinants
    /// above all, stays in float32.
    case bfloat16
}
