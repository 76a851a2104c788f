import Foundation
import Testing
import Training

@Suite struct LearningRateScheduleTests {
    @Test func `the rate rises in equal steps to its peak and stays`() {
        let schedule = LearningRateSchedule(peak: 0.4, warmUp: 4)
        let rates = (0..<6).map { schedule.rate(step: $0, of: 100, perEpoch: 10) }
        #expect(rates == [0.1, 0.2, 0.30000000000000004, 0.4, 0.4, 0.4])
    }

    @Test func `it is halved after whole epochs`() {
        let schedule = LearningRateSchedule(peak: 1, decay: .halving(epochs: 2))
        let rates = [0, 19, 20, 39, 40, 60].map {
            schedule.rate(step: $0, of: 100, perEpoch: 10)
        }
        #expect(rates == [1, 1, 0.5, 0.5, 0.25, 0.125])
    }

    @Test func `half a cosine ends at zero`() {
        let schedule = LearningRateSchedule(peak: 2, warmUp: 10, decay: .cosine)
        func rate(_ step: Int) -> Double { schedule.rate(step: step, of: 110, perEpoch: 1) }
        #expect(rate(10) == 2)
        #expect(abs(rate(35) - (1 + 0.5.squareRoot())) < 1e-12)
        #expect(abs(rate(60) - 1) < 1e-12)
        #expect(rate(110) == 0)
        #expect(rate(500) == 0)
    }

    @Test func `it survives being written and read`() throws {
        for decay: LearningRateSchedule.Decay in [.none, .cosine, .halving(epochs: 40)] {
            let schedule = LearningRateSchedule(peak: 1e-3, warmUp: 7, decay: decay)
            let data = try JSONEncoder().encode(schedule)
            #expect(try JSONDecoder().decode(LearningRateSchedule.self, from: data) == schedule)
        }
    }
}
