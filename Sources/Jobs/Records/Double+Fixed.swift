extension Double {
    /// The number with so many digits behind the point, the same in every locale.
    package func fixed(_ digits: Int) -> String {
        let places = (0..<digits).reduce(1) { scale, _ in scale * 10 }
        guard magnitude < 1e12 else { return "\(self)" }
        let scaled = Int((magnitude * Double(places)).rounded())
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(scaled)" }
        let rest = String(scaled % places + places).dropFirst()
        return "\(sign)\(scaled / places).\(rest)"
    }
}
