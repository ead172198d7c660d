select measure, label_en, label_zh, unit from scorecard.dim_measure order by measure
