"""A file a payoff term: what is booked of it a day beside what is expected of it, in the order of `TERMS`.

`*_flow` is what a government gets of the term as the world stands [bn USD/month]; with `recompute`
False what measures alone decide is as it was when last worked out. `*_value` is the present value of
a change of the level that is felt of a measure [bn USD]. Both are
gains: costs are negative. `sim.rules.daily_payoffs` and `sim.rules.present_values` sum them.
"""
