select measure, label_en, label_zh from scorecard.dim_measure order by measure
