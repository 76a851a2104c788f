extension Double {
    /// This number as the setting `name`, when it can be a standard deviation.
    ///
    /// - Throws: `PhysicsError` when it is not positive and finite.
    func checkedAsDeviation(_ name: String, in context: String) throws(PhysicsError) -> Double {
        guard isFinite, self > 0 else {
            throw PhysicsError(
                .setting(name, value: self, expected: "positive and finite"), in: context)
        }
        return self
    }
}
