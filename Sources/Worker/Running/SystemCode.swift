import Foundation

extension Error {
    /// The `errno` behind an error of Foundation, EIO where there is none.
    var systemCode: Int32 {
        let error = self as NSError
        if error.domain == NSPOSIXErrorDomain { return Int32(error.code) }
        guard let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError,
            cause.domain == NSPOSIXErrorDomain
        else { return EIO }
        return Int32(cause.code)
    }
}
