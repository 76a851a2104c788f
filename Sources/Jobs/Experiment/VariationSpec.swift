/// A setting of the jobs that takes several amounts.
package struct VariationSpec: Equatable, Sendable {
    /// The setting under every name that it has in the jobs of different methods.
    package var settings: [SettingPath]
    package var amounts: [Double]
    /// Whether the amounts are multiplied with what a job has, not put in its place.
    package var isRelative: Bool

    package init(_ settings: [SettingPath], _ amounts: [Double], isRelative: Bool = false) {
        self.settings = settings
        self.amounts = amounts
        self.isRelative = isRelative
    }
}

/// A variation that is plotted.
package struct SweepSpec: Equatable, Sendable {
    package enum Scale: String, CaseIterable, Sendable {
        case linear, logarithmic
    }

    package var variation: VariationSpec
    /// What the axis is called; nil is the name of the setting.
    package var label: String?
    package var scale: Scale
    /// The amounts at which the page shows pictures.
    package var shown: [Double]

    package init(
        _ variation: VariationSpec, label: String? = nil, scale: Scale = .linear,
        shown: [Double] = []
    ) {
        self.variation = variation
        self.label = label
        self.scale = scale
        self.shown = shown
    }

    /// What the axis is called.
    package var axisLabel: String {
        label ?? variation.settings.map(\.text).joined(separator: ", ")
    }
}
