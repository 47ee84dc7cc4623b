-- tag(id)
SHIFTRIGHT(id, 56)

-- number_less(a, b)
CASE
  WHEN a.space = 1 AND b.space = 1
  THEN a.x < b.x OR (
    a.x = b.x AND a.tie < b.tie
  )
  WHEN a.space = b.space OR a.space = 3 OR b.space = 3
  THEN a.x < b.x
  ELSE CAST(a.x AS FLOAT) < CAST(b.x AS FLOAT)
END

-- moment_less(a, b)
CASE
  WHEN a.zoned = b.zoned
  THEN a.us < b.us OR (
    a.us = b.us AND a.tie < b.tie
  )
  WHEN a.us + 50400000000 < b.us
  THEN TRUE
  WHEN a.us - 50400000000 > b.us
  THEN FALSE
END

-- less(a, b)
CASE
  WHEN a.space <= 3 AND b.space <= 3
  THEN number_less(a, b)
  WHEN a.space <> b.space
  THEN NULL
  WHEN a.space = 5
  THEN a.x < b.x
  WHEN a.space = 56
  THEN duration_less(a, b)
  ELSE moment_less(a, b)
END

-- number_less_or_equal(a, b)
CASE
  WHEN a.space = 1 AND b.space = 1
  THEN a.x < b.x OR (
    a.x = b.x AND a.tie <= b.tie
  )
  WHEN a.space = b.space OR a.space = 3 OR b.space = 3
  THEN a.x <= b.x
  ELSE CAST(a.x AS FLOAT) <= CAST(b.x AS FLOAT)
END

-- moment_less_or_equal(a, b)
CASE
  WHEN a.zoned = b.zoned
  THEN a.us < b.us OR (
    a.us = b.us AND a.tie <= b.tie
  )
  WHEN a.us + 50400000000 < b.us
  THEN TRUE
  WHEN a.us - 50400000000 > b.us
  THEN FALSE
END

-- less_or_equal(a, b)
CASE
  WHEN a.space <= 3 AND b.space <= 3
  THEN number_less_or_equal(a, b)
  WHEN a.space <> b.space
  THEN NULL
  WHEN a.space = 5
  THEN a.x <= b.x
  WHEN a.space = 56
  THEN duration_less_or_equal(a, b)
  ELSE moment_less_or_equal(a, b)
END

-- number_below(v, x)
CASE v.space
  WHEN 1
  THEN v.x < x OR (
    v.x = x AND v.tie < 0
  )
  WHEN 3
  THEN v.x < x
  WHEN 2
  THEN CAST(v.x AS FLOAT) < CAST(x AS FLOAT)
END

-- moment_below(v, space, us, zoned)
CASE
  WHEN v.space <> space
  THEN NULL
  WHEN v.zoned = zoned
  THEN v.us < us OR (
    v.us = us AND v.tie < 0
  )
  WHEN v.us < us AND ABS(v.us - us) > 50400000000
  THEN TRUE
  WHEN ABS(v.us - us) > 50400000000
  THEN FALSE
END

-- number_at_most(v, x)
CASE v.space
  WHEN 1
  THEN v.x < x OR (
    v.x = x AND v.tie <= 0
  )
  WHEN 3
  THEN v.x <= x
  WHEN 2
  THEN CAST(v.x AS FLOAT) <= CAST(x AS FLOAT)
END

-- moment_at_most(v, space, us, zoned)
CASE
  WHEN v.space <> space
  THEN NULL
  WHEN v.zoned = zoned
  THEN v.us < us OR (
    v.us = us AND v.tie <= 0
  )
  WHEN v.us < us AND ABS(v.us - us) > 50400000000
  THEN TRUE
  WHEN ABS(v.us - us) > 50400000000
  THEN FALSE
END

-- number_above(v, x)
CASE v.space
  WHEN 1
  THEN v.x > x OR (
    v.x = x AND v.tie > 0
  )
  WHEN 3
  THEN v.x > x
  WHEN 2
  THEN CAST(v.x AS FLOAT) > CAST(x AS FLOAT)
END

-- moment_above(v, space, us, zoned)
CASE
  WHEN v.space <> space
  THEN NULL
  WHEN v.zoned = zoned
  THEN v.us > us OR (
    v.us = us AND v.tie > 0
  )
  WHEN v.us > us AND ABS(v.us - us) > 50400000000
  THEN TRUE
  WHEN ABS(v.us - us) > 50400000000
  THEN FALSE
END

-- number_at_least(v, x)
CASE v.space
  WHEN 1
  THEN v.x > x OR (
    v.x = x AND v.tie >= 0
  )
  WHEN 3
  THEN v.x >= x
  WHEN 2
  THEN CAST(v.x AS FLOAT) >= CAST(x AS FLOAT)
END

-- moment_at_least(v, space, us, zoned)
CASE
  WHEN v.space <> space
  THEN NULL
  WHEN v.zoned = zoned
  THEN v.us > us OR (
    v.us = us AND v.tie >= 0
  )
  WHEN v.us > us AND ABS(v.us - us) > 50400000000
  THEN TRUE
  WHEN ABS(v.us - us) > 50400000000
  THEN FALSE
END

-- number_equal(a, b)
CASE
  WHEN a.space = 1 AND b.space = 1
  THEN a.x = b.x AND a.tie = b.tie
  WHEN a.space = b.space OR a.space = 3 OR b.space = 3
  THEN a.x = b.x
  ELSE CAST(a.x AS FLOAT) = CAST(b.x AS FLOAT)
END

-- moment_equal(a, b)
CASE
  WHEN a.zoned = b.zoned
  THEN a.us = b.us AND a.tie = b.tie
  WHEN ABS(a.us - b.us) > 50400000000
  THEN FALSE
END

-- equal(a, b)
CASE
  WHEN a.space <= 3 AND b.space <= 3
  THEN number_equal(a, b)
  WHEN a.space <> b.space
  THEN FALSE
  WHEN a.space = 5
  THEN a.x = b.x
  WHEN a.space = 56
  THEN a.months = b.months AND a.us = b.us AND a.tie = b.tie
  WHEN a.zoned IS NULL
  THEN a.id = b.id
  ELSE moment_equal(a, b)
END

-- number_is(v, x)
CASE v.space
  WHEN 1
  THEN v.x = x AND v.tie = 0
  WHEN 3
  THEN v.x = x
  WHEN 2
  THEN CAST(v.x AS FLOAT) = CAST(x AS FLOAT)
  ELSE FALSE
END

-- moment_is(v, space, us, zoned)
v.space = space AND v.zoned = zoned AND v.us = us AND v.tie = 0

-- truth_is(v, x)
v.space = 5 AND v.x = x

-- same_as(id, v, is_same)
CASE
  WHEN tag(id) < 2
  THEN FALSE
  WHEN NOT v.space IS NULL
  THEN COALESCE(is_same, FALSE)
  WHEN tag(id) > 3
  THEN NULL
  ELSE FALSE
END

-- same_text(id, v, text_id)
CASE
  WHEN id = text_id
  THEN TRUE
  WHEN v.space IS NULL AND tag(id) > 3
  THEN NULL
  ELSE FALSE
END

-- same_value(a, b, v, w)
CASE
  WHEN tag(a) < 2 OR tag(b) < 2
  THEN a = b
  WHEN NOT v.space IS NULL AND NOT w.space IS NULL
  THEN COALESCE(equal(v, w), FALSE)
  WHEN a = b
  THEN TRUE
  WHEN (
    v.space IS NULL AND tag(a) > 3
  ) OR (
    w.space IS NULL AND tag(b) > 3
  )
  THEN NULL
  ELSE FALSE
END

-- beyond()
CAST(raise_error('a number beyond exact arithmetic') AS DECIMAL(38, 10))

-- exact_number(id, v)
CASE
  WHEN id <> v.id
  THEN NULL
  WHEN v.space = 1
  THEN COALESCE(CAST(v.exact AS DECIMAL(38, 10)), beyond())
  WHEN v.space > 5
  THEN beyond()
END

-- tidy(n)
CASE
  WHEN n = CAST(n AS DECIMAL(38, 10))
  THEN CAST(n AS DECIMAL(38, 10))
  WHEN NOT n IS NULL
  THEN beyond()
END

-- divided(a, b)
CASE
  WHEN b = 0
  THEN NULL
  WHEN CAST((
    CAST(a AS DOUBLE) / CAST(b AS DOUBLE)
  ) AS DECIMAL(38, 10)) * b = a
  THEN CAST((
    CAST(a AS DOUBLE) / CAST(b AS DOUBLE)
  ) AS DECIMAL(38, 10))
  WHEN NOT a IS NULL
  THEN beyond()
END

-- exact_sum(exact, approximate)
CASE
  WHEN BOOL_OR(exact IS NULL AND NOT approximate IS NULL)
  THEN beyond()
  WHEN BOOL_AND(NOT exact IS NULL)
  THEN CAST(SUM(exact) AS DECIMAL(38, 10))
END

-- plain(id, lexical)
CASE tag(id)
  WHEN 2
  THEN lexical
  WHEN 3
  THEN CAST(raise_error('a text with a language') AS STRING)
END

-- effective_boolean(id, v, lexical)
CASE
  WHEN tag(id) IN (2, 3)
  THEN lexical <> ''
  WHEN v.space <= 5
  THEN COALESCE(v.x <> 0, FALSE)
  WHEN v.space IS NULL AND tag(id) BETWEEN 8 AND 32
  THEN FALSE
END

-- shifted(a, months, us)
CASE
  WHEN months = 0
  THEN a.us + CASE
    WHEN a.space = 42
    THEN (
      us - (
        (
          us % 86400000000
        ) + 86400000000
      ) % 86400000000
    )
    ELSE us
  END
  WHEN a.zoned OR us <> 0
  THEN CAST(beyond() AS BIGINT)
  ELSE unix_micros(TIMESTAMP_MICROS(a.us) + make_ym_interval(0, CAST(months AS INT)))
END

-- later(a, b, sign)
CASE
  WHEN b.space = 56 AND a.space IN (42, 40)
  THEN STRUCT(
    CAST(NULL AS BIGINT) AS id,
    a.space AS space,
    CAST(NULL AS DOUBLE) AS x,
    CASE WHEN b.tie = 0 THEN a.tie ELSE CAST(beyond() AS BIGINT) END AS tie,
    shifted(a, sign * b.months, sign * b.us) AS us,
    CAST(NULL AS BIGINT) AS months,
    a.zoned AS zoned
  )
END

-- from_date(v, d)
unix_micros(CAST(d AS TIMESTAMP) + make_ym_interval(0, CAST(v.months AS INT))) + v.us

-- duration_less(a, b)
CASE
  WHEN a.months = b.months
  THEN a.us < b.us OR (
    a.us = b.us AND a.tie < b.tie
  )
  ELSE from_date(a, '1696-09-01') < from_date(b, '1696-09-01')
  AND from_date(a, '1697-02-01') < from_date(b, '1697-02-01')
  AND from_date(a, '1903-03-01') < from_date(b, '1903-03-01')
  AND from_date(a, '1903-07-01') < from_date(b, '1903-07-01')
END

-- duration_less_or_equal(a, b)
CASE
  WHEN a.months = b.months AND a.us = b.us AND a.tie = b.tie
  THEN TRUE
  ELSE duration_less(a, b)
END
