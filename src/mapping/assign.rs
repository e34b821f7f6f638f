//! The best pairs taken together: no field takes a column that another needs more.

/// For each row, the column that serves it, so that the sum of the weights is the greatest there is. A
/// pair without weight is never taken. `pairs` are (row, column, weight), weights above 0.
pub fn assign(rows: usize, columns: usize, pairs: &[(usize, usize, f64)]) -> Vec<Option<usize>> {
    // Only the rows that have a pair take part, each with a column of its own that stands for none.
    let mut taking: Vec<usize> = pairs.iter().map(|(row, ..)| *row).filter(|row| *row < rows).collect();
    taking.sort_unstable();
    taking.dedup();
    let mut chosen = vec![None; rows];
    let (height, width) = (taking.len(), columns + taking.len());
    let mut cost = vec![0.0; height * width];
    for (row, column, weight) in pairs {
        if let Ok(at) = taking.binary_search(row)
            && *column < columns
            && let Some(slot) = cost.get_mut(at * width + column)
        {
            *slot = -*weight;
        }
    }
    // A column of one's own costs nothing; another's is as good as none.
    for (at, column) in matched(&cost, height, width).into_iter().enumerate() {
        let weight = column.and_then(|column| cost.get(at * width + column)).copied().unwrap_or_default();
        if let (Some(column), Some(row)) = (column.filter(|column| *column < columns && weight < 0.0), taking.get(at))
            && let Some(slot) = chosen.get_mut(*row)
        {
            *slot = Some(column);
        }
    }
    chosen
}

/// The Hungarian method: rows enter one by one, each by the cheapest path of exchanges among those that
/// entered before. `u` and `v` are the prices that keep every pair's reduced cost at 0 or above.
fn matched(cost: &[f64], height: usize, width: usize) -> Vec<Option<usize>> {
    let at = |list: &[f64], place: usize| list.get(place).copied().unwrap_or_default();
    let (mut u, mut v) = (vec![0.0; height], vec![0.0; width]);
    let mut owner: Vec<Option<usize>> = vec![None; width];
    for entering in 0..height {
        let mut least = vec![f64::INFINITY; width];
        let mut from: Vec<Option<usize>> = vec![None; width];
        let mut seen = vec![false; width];
        let (mut row, mut last) = (entering, None);
        loop {
            let (mut step, mut next) = (f64::INFINITY, None);
            for (column, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
                let reduced = at(cost, row * width + column) - at(&u, row) - at(&v, column);
                if let (Some(best), Some(origin)) = (least.get_mut(column), from.get_mut(column)) {
                    if reduced < *best {
                        (*best, *origin) = (reduced, last);
                    }
                    if *best < step {
                        (step, next) = (*best, Some(column));
                    }
                }
            }
            let Some(column) = next else { break };
            if let Some(price) = u.get_mut(entering) {
                *price += step;
            }
            for (other, seen) in seen.iter().enumerate() {
                if *seen {
                    if let Some(price) = v.get_mut(other) {
                        *price -= step;
                    }
                    if let Some(price) = owner.get(other).copied().flatten().and_then(|row| u.get_mut(row)) {
                        *price += step;
                    }
                } else if let Some(best) = least.get_mut(other) {
                    *best -= step;
                }
            }
            if let Some(seen) = seen.get_mut(column) {
                *seen = true;
            }
            last = Some(column);
            match owner.get(column).copied().flatten() {
                Some(owner) => row = owner,
                None => break,
            }
        }
        // Along the path, each column passes to the row that reached it.
        let mut free = last;
        while let Some(column) = free {
            let before = from.get(column).copied().flatten();
            let new = before.map_or(Some(entering), |before| owner.get(before).copied().flatten());
            if let Some(slot) = owner.get_mut(column) {
                *slot = new;
            }
            free = before;
        }
    }
    let mut chosen = vec![None; height];
    for (column, row) in owner.into_iter().enumerate() {
        if let Some(slot) = row.and_then(|row| chosen.get_mut(row)) {
            *slot = Some(column);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(rows: usize, pairs: &[(usize, usize, f64)], taken: &mut Vec<usize>, row: usize) -> f64 {
        if row == rows {
            return 0.0;
        }
        let mut most = best(rows, pairs, taken, row + 1);
        for (_, column, weight) in pairs.iter().filter(|(own, ..)| *own == row) {
            if !taken.contains(column) {
                taken.push(*column);
                most = most.max(weight + best(rows, pairs, taken, row + 1));
                taken.pop();
            }
        }
        most
    }

    #[test]
    fn no_other_choice_weighs_more() {
        let mut seed = 7_u64;
        let mut random = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..600 {
            let (rows, columns) = (random(6) as usize, random(6) as usize);
            let mut pairs = Vec::new();
            for row in 0..rows {
                for column in 0..columns {
                    if random(3) > 0 {
                        pairs.push((row, column, (1 + random(9)) as f64 / 10.0));
                    }
                }
            }
            let chosen = assign(rows, columns, &pairs);
            let weight = |row: usize, column: usize| pairs.iter().find(|p| (p.0, p.1) == (row, column)).unwrap().2;
            let sum: f64 = chosen.iter().enumerate().filter_map(|(row, column)| Some(weight(row, (*column)?))).sum();
            let mut used: Vec<usize> = chosen.iter().flatten().copied().collect();
            used.sort_unstable();
            used.dedup();
            assert_eq!(used.len(), chosen.iter().flatten().count());
            let most = best(rows, &pairs, &mut Vec::new(), 0);
            assert!((sum - most).abs() < 1e-9, "{pairs:?} {chosen:?} {sum} {most}");
        }
    }

    #[test]
    fn near_fields_do_not_steal() {
        // The first field likes both columns, the second only the one that the first likes best.
        assert_eq!(assign(2, 2, &[(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.85)]), [Some(1), Some(0)]);
    }
}
