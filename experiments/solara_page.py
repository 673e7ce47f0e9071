"""A run day by day on Mesa's own page, for those who teach with Mesa; README.md here has its pins."""

from mesa.visualization import SolaraViz, make_plot_component

from sim import TradeModel

choices = ["US:escalate@2026-03-02", "US:hold@2026-03-02"]
params = {
    "scenario": "busan",
    "rng": {"type": "SliderInt", "label": "luck", "value": 1, "min": 1, "max": 100, "step": 1},
    "force": {"type": "Select", "label": "Washington", "value": choices[0], "values": choices},
}
plot = make_plot_component(["tariff_US_on_CN", "tariff_CN_on_US"])
model = TradeModel("busan", rng=1, force=choices[0])
page = SolaraViz(model, components=[plot], model_params=params)
