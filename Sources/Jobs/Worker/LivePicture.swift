/// The picture of the current estimate in the folder of a running attempt: a PNG that the worker
/// keeps writing anew for whoever watches, and no part of the result.
package enum LivePicture {
    package static let name = "preview.png"
    /// What it is called while it is being written.
    package static let unfinishedName = ".preview.png.part"
    /// The largest side, in pixels.
    package static let side = 256
    /// More bytes than such a picture can have.
    package static let largest = 1 << 20
}
