// Geometry of the charts: where a value stands in a width. Nothing here is shown as a number.
import { isMissing } from '../words/format.js';

/** The stretch of values to draw: everything given fits, with some air; shares stay within 0-1. */
export function domainOf(values, unit, air = 0.25) {
	const given = values.filter((v) => !isMissing(v));
	if (!given.length) return [0, 1];
	let low = Math.min(...given);
	let high = Math.max(...given);
	const room = (high - low || Math.abs(high) || 1) * air;
	low = Math.max(low - room, low >= 0 ? 0 : -Infinity);
	high = unit === 'share' && high <= 1 ? Math.min(high + room, 1) : high + room;
	return [low, high === low ? low + 1 : high];
}

export const placeIn = ([low, high], from, to) => (value) => from + ((Math.min(Math.max(value, low), high) - low) / (high - low)) * (to - from);

const CLOCK_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 345600, 604800];

/** Round numbers for an axis, about `count` of them; seconds go by the clock. */
export function ticksIn([low, high], count = 4, unit = '') {
	const rough = (high - low) / count;
	const power = 10 ** Math.floor(Math.log10(rough));
	const byClock = unit === 'seconds' && rough > 2 ? CLOCK_STEPS.find((s) => s >= rough) : undefined;
	const step = byClock ?? [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? power * 10;
	const ticks = [];
	for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step) ticks.push(Number(tick.toPrecision(12)));
	return ticks;
}
