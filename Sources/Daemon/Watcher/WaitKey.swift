/// What tells a file from all others and from what it was before: its inode, and when the kernel
/// last noted that something happened to it.
package struct WaitKey: Hashable, Sendable {
    package let inode: UInt64
    /// Nanoseconds since 1970.
    package let changed: Int

    package init(inode: UInt64, changed: Int) {
        self.inode = inode
        self.changed = changed
    }

    init(_ stamp: FileStamp) {
        self.init(inode: stamp.inode, changed: stamp.changed)
    }
}
