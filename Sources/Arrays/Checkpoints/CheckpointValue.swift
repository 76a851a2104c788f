/// A scalar that stands beside the tensors of a checkpoint, such as the number of epochs.
package enum CheckpointValue: Equatable, Sendable {
    case truth(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
}
