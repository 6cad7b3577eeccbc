module attributes {pcp.format = 1 : i64} {
  func.func @main(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<64x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<64xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<64x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<64xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<4x32xi64> {pcp.name = "tokens", pcp.role = "data"}, %arg33: tensor<4x32xi64> {pcp.name = "targets", pcp.role = "data"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {
    %c = stablehlo.constant dense<0> : tensor<128xi64>
    %c_0 = stablehlo.constant dense<-1> : tensor<128xi64>
    %c_1 = stablehlo.constant dense<0> : tensor<32xi64>
    %c_2 = stablehlo.constant dense<1> : tensor<32xi64>
    %c_3 = stablehlo.constant dense<32> : tensor<i64>
    %c_4 = stablehlo.constant dense<1> : tensor<i64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c_5 = stablehlo.constant dense<0> : tensor<i64>
    %cst_6 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %cst_8 = stablehlo.constant dense<1.000000e+00> : tensor<4x32x128xf32>
    %cst_9 = stablehlo.constant dense<2.000000e+00> : tensor<4x32x128xf32>
    %cst_10 = stablehlo.constant dense<5.000000e-01> : tensor<4x32x128xf32>
    %cst_11 = stablehlo.constant dense<-4.000000e+00> : tensor<4x32x128xf32>
    %cst_12 = stablehlo.constant dense<4.000000e+00> : tensor<4x32x128xf32>
    %cst_13 = stablehlo.constant dense<-2.72614237E-10> : tensor<4x32x128xf32>
    %cst_14 = stablehlo.constant dense<2.77068146E-8> : tensor<4x32x128xf32>
    %cst_15 = stablehlo.constant dense<-2.10102394E-6> : tensor<4x32x128xf32>
    %cst_16 = stablehlo.constant dense<-5.69250624E-5> : tensor<4x32x128xf32>
    %cst_17 = stablehlo.constant dense<-7.34990637E-4> : tensor<4x32x128xf32>
    %cst_18 = stablehlo.constant dense<-2.954600e-03> : tensor<4x32x128xf32>
    %cst_19 = stablehlo.constant dense<-0.0160960332> : tensor<4x32x128xf32>
    %cst_20 = stablehlo.constant dense<-1.45660715E-5> : tensor<4x32x128xf32>
    %cst_21 = stablehlo.constant dense<-2.13374049E-4> : tensor<4x32x128xf32>
    %cst_22 = stablehlo.constant dense<-0.00168282702> : tensor<4x32x128xf32>
    %cst_23 = stablehlo.constant dense<-0.00737332925> : tensor<4x32x128xf32>
    %cst_24 = stablehlo.constant dense<-0.0142647391> : tensor<4x32x128xf32>
    %cst_25 = stablehlo.constant dense<-1.000000e+00> : tensor<4x32x128xf32>
    %cst_26 = arith.constant dense<32> : tensor<1xi64>
    %cst_27 = arith.constant dense<1> : tensor<1xi64>
    %cst_28 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_29 = arith.constant dense<0.35355339059327373> : tensor<1xf64>
    %0 = "stablehlo.gather"(%arg0, %arg32) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<65x32xf32>, tensor<4x32xi64>) -> tensor<4x32x32xf32>
    %1 = stablehlo.convert %0 : tensor<4x32x32xf32>
    %2 = stablehlo.convert %c_4 : (tensor<i64>) -> tensor<f64>
    %3 = stablehlo.convert %c_3 : (tensor<i64>) -> tensor<f64>
    %4 = stablehlo.divide %3, %2 : tensor<f64>
    %5 = stablehlo.ceil %4 : tensor<f64>
    %6 = stablehlo.convert %5 : (tensor<f64>) -> tensor<i64>
    %7 = stablehlo.reshape %6 : (tensor<i64>) -> tensor<1xi64>
    %8 = stablehlo.dynamic_iota %7, dim = 0 : (tensor<1xi64>) -> tensor<32xi64>
    %9 = stablehlo.multiply %8, %c_2 : tensor<32xi64>
    %10 = stablehlo.add %9, %c_1 : tensor<32xi64>
    %11 = "stablehlo.gather"(%arg1, %10) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<32x32xf32>, tensor<32xi64>) -> tensor<32x32xf32>
    %12 = stablehlo.convert %11 : tensor<32x32xf32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [1, 2] : (tensor<32x32xf32>) -> tensor<4x32x32xf32>
    %14 = stablehlo.add %1, %13 : tensor<4x32x32xf32>
    %15 = stablehlo.convert %14 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %16 = stablehlo.reduce(%15 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %17 = stablehlo.reshape %16 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %18 = stablehlo.convert %cst_26 : (tensor<1xi64>) -> tensor<1xf64>
    %19 = stablehlo.reshape %18 : (tensor<1xf64>) -> tensor<f64>
    %20 = stablehlo.broadcast_in_dim %19, dims = [] : (tensor<f64>) -> tensor<4x32x1xf64>
    %21 = stablehlo.divide %17, %20 : tensor<4x32x1xf64>
    %22 = stablehlo.broadcast_in_dim %21, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %23 = stablehlo.subtract %15, %22 : tensor<4x32x32xf64>
    %24 = stablehlo.multiply %23, %23 : tensor<4x32x32xf64>
    %25 = stablehlo.reduce(%24 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %26 = stablehlo.reshape %25 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %27 = stablehlo.divide %26, %20 : tensor<4x32x1xf64>
    %28 = stablehlo.convert %27 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %29 = stablehlo.reduce(%14 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %30 = stablehlo.reshape %29 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %31 = stablehlo.convert %cst_26 : (tensor<1xi64>) -> tensor<1xf32>
    %32 = stablehlo.reshape %31 : (tensor<1xf32>) -> tensor<f32>
    %33 = stablehlo.broadcast_in_dim %32, dims = [] : (tensor<f32>) -> tensor<4x32x1xf32>
    %34 = stablehlo.divide %30, %33 : tensor<4x32x1xf32>
    %35 = stablehlo.convert %cst_28 : (tensor<1xf64>) -> tensor<1xf32>
    %36 = stablehlo.reshape %35 : (tensor<1xf32>) -> tensor<f32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<f32>) -> tensor<4x32x1xf32>
    %38 = stablehlo.add %28, %37 : tensor<4x32x1xf32>
    %39 = stablehlo.rsqrt %38 : tensor<4x32x1xf32>
    %40 = stablehlo.broadcast_in_dim %34, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %41 = stablehlo.subtract %14, %40 : tensor<4x32x32xf32>
    %42 = stablehlo.broadcast_in_dim %39, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %43 = stablehlo.multiply %41, %42 : tensor<4x32x32xf32>
    %44 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %45 = stablehlo.multiply %43, %44 : tensor<4x32x32xf32>
    %46 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %47 = stablehlo.add %45, %46 : tensor<4x32x32xf32>
    %48 = stablehlo.reshape %47 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %49 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %50 = stablehlo.dot_general %48, %49, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x64xf32>) -> tensor<128x64xf32>
    %51 = stablehlo.convert %cst_27 : (tensor<1xi64>) -> tensor<1xf32>
    %52 = stablehlo.reshape %51 : (tensor<1xf32>) -> tensor<f32>
    %53 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<f32>) -> tensor<128x64xf32>
    %54 = stablehlo.multiply %50, %53 : tensor<128x64xf32>
    %55 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<64xf32>) -> tensor<128x64xf32>
    %56 = stablehlo.multiply %55, %53 : tensor<128x64xf32>
    %57 = stablehlo.add %54, %56 : tensor<128x64xf32>
    %58 = stablehlo.reshape %57 : (tensor<128x64xf32>) -> tensor<4x32x64xf32>
    %59 = stablehlo.slice %58 [0:4, 0:32, 0:32] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %60 = stablehlo.slice %58 [0:4, 0:32, 32:64] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %61 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %62 = stablehlo.dot_general %48, %61, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %63 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<f32>) -> tensor<128x32xf32>
    %64 = stablehlo.multiply %62, %63 : tensor<128x32xf32>
    %65 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %66 = stablehlo.multiply %65, %63 : tensor<128x32xf32>
    %67 = stablehlo.add %64, %66 : tensor<128x32xf32>
    %68 = stablehlo.reshape %67 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %69 = stablehlo.reshape %68 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %70 = stablehlo.transpose %69, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %71 = stablehlo.reshape %59 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %72 = stablehlo.transpose %71, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %73 = stablehlo.reshape %60 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %74 = stablehlo.transpose %73, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %75 = stablehlo.transpose %72, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %76 = stablehlo.reshape %70 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %77 = stablehlo.reshape %75 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %78 = stablehlo.broadcast_in_dim %77, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %79 = stablehlo.dot_general %76, %78, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %80 = stablehlo.reshape %79 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %81 = stablehlo.convert %cst_29 : (tensor<1xf64>) -> tensor<1xf32>
    %82 = stablehlo.reshape %81 : (tensor<1xf32>) -> tensor<f32>
    %83 = stablehlo.broadcast_in_dim %82, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %84 = stablehlo.multiply %80, %83 : tensor<4x4x32x32xf32>
    %85 = stablehlo.reshape %10 : (tensor<32xi64>) -> tensor<32x1xi64>
    %86 = stablehlo.reshape %10 : (tensor<32xi64>) -> tensor<1x32xi64>
    %87 = stablehlo.broadcast_in_dim %85, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %88 = stablehlo.broadcast_in_dim %86, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %89 = stablehlo.compare GE, %87, %88, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %90 = stablehlo.not %89 : tensor<32x32xi1>
    %91 = stablehlo.reshape %90 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %92 = stablehlo.broadcast_in_dim %91, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<4x4x32x32xi1>
    %93 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<4x4x32x32xf32>
    %94 = stablehlo.broadcast_in_dim %84, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %95 = stablehlo.select %92, %93, %94 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %96 = stablehlo.reduce(%95 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %97 = stablehlo.reshape %96 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %98 = stablehlo.broadcast_in_dim %97, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %99 = stablehlo.subtract %95, %98 : tensor<4x4x32x32xf32>
    %100 = stablehlo.exponential %99 : tensor<4x4x32x32xf32>
    %101 = stablehlo.reduce(%100 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %102 = stablehlo.reshape %101 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %103 = stablehlo.broadcast_in_dim %102, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %104 = stablehlo.divide %100, %103 : tensor<4x4x32x32xf32>
    %105 = stablehlo.reshape %104 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %106 = stablehlo.reshape %74 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %107 = stablehlo.broadcast_in_dim %106, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %108 = stablehlo.dot_general %105, %107, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %109 = stablehlo.reshape %108 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %110 = stablehlo.transpose %109, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %111 = stablehlo.reshape %110 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %112 = stablehlo.reshape %111 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %113 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %114 = stablehlo.dot_general %112, %113, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %115 = stablehlo.multiply %114, %63 : tensor<128x32xf32>
    %116 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %117 = stablehlo.multiply %116, %63 : tensor<128x32xf32>
    %118 = stablehlo.add %115, %117 : tensor<128x32xf32>
    %119 = stablehlo.reshape %118 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %120 = stablehlo.add %14, %119 : tensor<4x32x32xf32>
    %121 = stablehlo.convert %120 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %122 = stablehlo.reduce(%121 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %123 = stablehlo.reshape %122 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %124 = stablehlo.divide %123, %20 : tensor<4x32x1xf64>
    %125 = stablehlo.broadcast_in_dim %124, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %126 = stablehlo.subtract %121, %125 : tensor<4x32x32xf64>
    %127 = stablehlo.multiply %126, %126 : tensor<4x32x32xf64>
    %128 = stablehlo.reduce(%127 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %129 = stablehlo.reshape %128 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %130 = stablehlo.divide %129, %20 : tensor<4x32x1xf64>
    %131 = stablehlo.convert %130 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %132 = stablehlo.reduce(%120 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %133 = stablehlo.reshape %132 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %134 = stablehlo.divide %133, %33 : tensor<4x32x1xf32>
    %135 = stablehlo.add %131, %37 : tensor<4x32x1xf32>
    %136 = stablehlo.rsqrt %135 : tensor<4x32x1xf32>
    %137 = stablehlo.broadcast_in_dim %134, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %138 = stablehlo.subtract %120, %137 : tensor<4x32x32xf32>
    %139 = stablehlo.broadcast_in_dim %136, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %140 = stablehlo.multiply %138, %139 : tensor<4x32x32xf32>
    %141 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %142 = stablehlo.multiply %140, %141 : tensor<4x32x32xf32>
    %143 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %144 = stablehlo.add %142, %143 : tensor<4x32x32xf32>
    %145 = stablehlo.reshape %144 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %146 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %147 = stablehlo.dot_general %145, %146, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %148 = stablehlo.broadcast_in_dim %52, dims = [] : (tensor<f32>) -> tensor<128x128xf32>
    %149 = stablehlo.multiply %147, %148 : tensor<128x128xf32>
    %150 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %151 = stablehlo.multiply %150, %148 : tensor<128x128xf32>
    %152 = stablehlo.add %149, %151 : tensor<128x128xf32>
    %153 = stablehlo.reshape %152 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %154 = stablehlo.multiply %153, %cst_10 : tensor<4x32x128xf32>
    %155 = stablehlo.rsqrt %cst_9 : tensor<4x32x128xf32>
    %156 = stablehlo.multiply %153, %155 : tensor<4x32x128xf32>
    %157 = stablehlo.clamp %cst_11, %156, %cst_12 : tensor<4x32x128xf32>
    %158 = stablehlo.multiply %157, %157 : tensor<4x32x128xf32>
    %159 = stablehlo.multiply %cst_13, %158 : tensor<4x32x128xf32>
    %160 = stablehlo.add %159, %cst_14 : tensor<4x32x128xf32>
    %161 = stablehlo.multiply %160, %158 : tensor<4x32x128xf32>
    %162 = stablehlo.add %161, %cst_15 : tensor<4x32x128xf32>
    %163 = stablehlo.multiply %162, %158 : tensor<4x32x128xf32>
    %164 = stablehlo.add %163, %cst_16 : tensor<4x32x128xf32>
    %165 = stablehlo.multiply %164, %158 : tensor<4x32x128xf32>
    %166 = stablehlo.add %165, %cst_17 : tensor<4x32x128xf32>
    %167 = stablehlo.multiply %166, %158 : tensor<4x32x128xf32>
    %168 = stablehlo.add %167, %cst_18 : tensor<4x32x128xf32>
    %169 = stablehlo.multiply %168, %158 : tensor<4x32x128xf32>
    %170 = stablehlo.add %169, %cst_19 : tensor<4x32x128xf32>
    %171 = stablehlo.multiply %cst_20, %158 : tensor<4x32x128xf32>
    %172 = stablehlo.add %171, %cst_21 : tensor<4x32x128xf32>
    %173 = stablehlo.multiply %172, %158 : tensor<4x32x128xf32>
    %174 = stablehlo.add %173, %cst_22 : tensor<4x32x128xf32>
    %175 = stablehlo.multiply %174, %158 : tensor<4x32x128xf32>
    %176 = stablehlo.add %175, %cst_23 : tensor<4x32x128xf32>
    %177 = stablehlo.multiply %176, %158 : tensor<4x32x128xf32>
    %178 = stablehlo.add %177, %cst_24 : tensor<4x32x128xf32>
    %179 = stablehlo.multiply %157, %170 : tensor<4x32x128xf32>
    %180 = stablehlo.divide %179, %178 : tensor<4x32x128xf32>
    %181 = stablehlo.clamp %cst_25, %180, %cst_8 : tensor<4x32x128xf32>
    %182 = stablehlo.add %181, %cst_8 : tensor<4x32x128xf32>
    %183 = stablehlo.multiply %182, %154 : tensor<4x32x128xf32>
    %184 = stablehlo.reshape %183 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %185 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %186 = stablehlo.dot_general %184, %185, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %187 = stablehlo.multiply %186, %63 : tensor<128x32xf32>
    %188 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %189 = stablehlo.multiply %188, %63 : tensor<128x32xf32>
    %190 = stablehlo.add %187, %189 : tensor<128x32xf32>
    %191 = stablehlo.reshape %190 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %192 = stablehlo.add %120, %191 : tensor<4x32x32xf32>
    %193 = stablehlo.convert %192 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %194 = stablehlo.reduce(%193 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %195 = stablehlo.reshape %194 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %196 = stablehlo.divide %195, %20 : tensor<4x32x1xf64>
    %197 = stablehlo.broadcast_in_dim %196, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %198 = stablehlo.subtract %193, %197 : tensor<4x32x32xf64>
    %199 = stablehlo.multiply %198, %198 : tensor<4x32x32xf64>
    %200 = stablehlo.reduce(%199 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %201 = stablehlo.reshape %200 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %202 = stablehlo.divide %201, %20 : tensor<4x32x1xf64>
    %203 = stablehlo.convert %202 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %204 = stablehlo.reduce(%192 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %205 = stablehlo.reshape %204 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %206 = stablehlo.divide %205, %33 : tensor<4x32x1xf32>
    %207 = stablehlo.add %203, %37 : tensor<4x32x1xf32>
    %208 = stablehlo.rsqrt %207 : tensor<4x32x1xf32>
    %209 = stablehlo.broadcast_in_dim %206, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %210 = stablehlo.subtract %192, %209 : tensor<4x32x32xf32>
    %211 = stablehlo.broadcast_in_dim %208, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %212 = stablehlo.multiply %210, %211 : tensor<4x32x32xf32>
    %213 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %214 = stablehlo.multiply %212, %213 : tensor<4x32x32xf32>
    %215 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %216 = stablehlo.add %214, %215 : tensor<4x32x32xf32>
    %217 = stablehlo.reshape %216 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %218 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %219 = stablehlo.dot_general %217, %218, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x64xf32>) -> tensor<128x64xf32>
    %220 = stablehlo.multiply %219, %53 : tensor<128x64xf32>
    %221 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<64xf32>) -> tensor<128x64xf32>
    %222 = stablehlo.multiply %221, %53 : tensor<128x64xf32>
    %223 = stablehlo.add %220, %222 : tensor<128x64xf32>
    %224 = stablehlo.reshape %223 : (tensor<128x64xf32>) -> tensor<4x32x64xf32>
    %225 = stablehlo.slice %224 [0:4, 0:32, 0:32] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %226 = stablehlo.slice %224 [0:4, 0:32, 32:64] : (tensor<4x32x64xf32>) -> tensor<4x32x32xf32>
    %227 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %228 = stablehlo.dot_general %217, %227, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %229 = stablehlo.multiply %228, %63 : tensor<128x32xf32>
    %230 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %231 = stablehlo.multiply %230, %63 : tensor<128x32xf32>
    %232 = stablehlo.add %229, %231 : tensor<128x32xf32>
    %233 = stablehlo.reshape %232 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %234 = stablehlo.reshape %233 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %235 = stablehlo.transpose %234, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %236 = stablehlo.reshape %225 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %237 = stablehlo.transpose %236, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %238 = stablehlo.reshape %226 : (tensor<4x32x32xf32>) -> tensor<4x32x4x8xf32>
    %239 = stablehlo.transpose %238, dims = [0, 2, 1, 3] : (tensor<4x32x4x8xf32>) -> tensor<4x4x32x8xf32>
    %240 = stablehlo.transpose %237, dims = [0, 1, 3, 2] : (tensor<4x4x32x8xf32>) -> tensor<4x4x8x32xf32>
    %241 = stablehlo.reshape %235 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %242 = stablehlo.reshape %240 : (tensor<4x4x8x32xf32>) -> tensor<16x8x32xf32>
    %243 = stablehlo.broadcast_in_dim %242, dims = [0, 1, 2] : (tensor<16x8x32xf32>) -> tensor<16x8x32xf32>
    %244 = stablehlo.dot_general %241, %243, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x8xf32>, tensor<16x8x32xf32>) -> tensor<16x32x32xf32>
    %245 = stablehlo.reshape %244 : (tensor<16x32x32xf32>) -> tensor<4x4x32x32xf32>
    %246 = stablehlo.multiply %245, %83 : tensor<4x4x32x32xf32>
    %247 = stablehlo.broadcast_in_dim %246, dims = [0, 1, 2, 3] : (tensor<4x4x32x32xf32>) -> tensor<4x4x32x32xf32>
    %248 = stablehlo.select %92, %93, %247 : tensor<4x4x32x32xi1>, tensor<4x4x32x32xf32>
    %249 = stablehlo.reduce(%248 init: %cst_6) applies stablehlo.maximum across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %250 = stablehlo.reshape %249 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %251 = stablehlo.broadcast_in_dim %250, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %252 = stablehlo.subtract %248, %251 : tensor<4x4x32x32xf32>
    %253 = stablehlo.exponential %252 : tensor<4x4x32x32xf32>
    %254 = stablehlo.reduce(%253 init: %cst) applies stablehlo.add across dimensions = [3] : (tensor<4x4x32x32xf32>, tensor<f32>) -> tensor<4x4x32xf32>
    %255 = stablehlo.reshape %254 : (tensor<4x4x32xf32>) -> tensor<4x4x32x1xf32>
    %256 = stablehlo.broadcast_in_dim %255, dims = [0, 1, 2, 3] : (tensor<4x4x32x1xf32>) -> tensor<4x4x32x32xf32>
    %257 = stablehlo.divide %253, %256 : tensor<4x4x32x32xf32>
    %258 = stablehlo.reshape %257 : (tensor<4x4x32x32xf32>) -> tensor<16x32x32xf32>
    %259 = stablehlo.reshape %239 : (tensor<4x4x32x8xf32>) -> tensor<16x32x8xf32>
    %260 = stablehlo.broadcast_in_dim %259, dims = [0, 1, 2] : (tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %261 = stablehlo.dot_general %258, %260, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<16x32x32xf32>, tensor<16x32x8xf32>) -> tensor<16x32x8xf32>
    %262 = stablehlo.reshape %261 : (tensor<16x32x8xf32>) -> tensor<4x4x32x8xf32>
    %263 = stablehlo.transpose %262, dims = [0, 2, 1, 3] : (tensor<4x4x32x8xf32>) -> tensor<4x32x4x8xf32>
    %264 = stablehlo.reshape %263 : (tensor<4x32x4x8xf32>) -> tensor<4x32x32xf32>
    %265 = stablehlo.reshape %264 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %266 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %267 = stablehlo.dot_general %265, %266, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x32xf32>) -> tensor<128x32xf32>
    %268 = stablehlo.multiply %267, %63 : tensor<128x32xf32>
    %269 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %270 = stablehlo.multiply %269, %63 : tensor<128x32xf32>
    %271 = stablehlo.add %268, %270 : tensor<128x32xf32>
    %272 = stablehlo.reshape %271 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %273 = stablehlo.add %192, %272 : tensor<4x32x32xf32>
    %274 = stablehlo.convert %273 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %275 = stablehlo.reduce(%274 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %276 = stablehlo.reshape %275 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %277 = stablehlo.divide %276, %20 : tensor<4x32x1xf64>
    %278 = stablehlo.broadcast_in_dim %277, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %279 = stablehlo.subtract %274, %278 : tensor<4x32x32xf64>
    %280 = stablehlo.multiply %279, %279 : tensor<4x32x32xf64>
    %281 = stablehlo.reduce(%280 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %282 = stablehlo.reshape %281 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %283 = stablehlo.divide %282, %20 : tensor<4x32x1xf64>
    %284 = stablehlo.convert %283 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %285 = stablehlo.reduce(%273 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %286 = stablehlo.reshape %285 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %287 = stablehlo.divide %286, %33 : tensor<4x32x1xf32>
    %288 = stablehlo.add %284, %37 : tensor<4x32x1xf32>
    %289 = stablehlo.rsqrt %288 : tensor<4x32x1xf32>
    %290 = stablehlo.broadcast_in_dim %287, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %291 = stablehlo.subtract %273, %290 : tensor<4x32x32xf32>
    %292 = stablehlo.broadcast_in_dim %289, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %293 = stablehlo.multiply %291, %292 : tensor<4x32x32xf32>
    %294 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %295 = stablehlo.multiply %293, %294 : tensor<4x32x32xf32>
    %296 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %297 = stablehlo.add %295, %296 : tensor<4x32x32xf32>
    %298 = stablehlo.reshape %297 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %299 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %300 = stablehlo.dot_general %298, %299, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x128xf32>) -> tensor<128x128xf32>
    %301 = stablehlo.multiply %300, %148 : tensor<128x128xf32>
    %302 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<128x128xf32>
    %303 = stablehlo.multiply %302, %148 : tensor<128x128xf32>
    %304 = stablehlo.add %301, %303 : tensor<128x128xf32>
    %305 = stablehlo.reshape %304 : (tensor<128x128xf32>) -> tensor<4x32x128xf32>
    %306 = stablehlo.multiply %305, %cst_10 : tensor<4x32x128xf32>
    %307 = stablehlo.multiply %305, %155 : tensor<4x32x128xf32>
    %308 = stablehlo.clamp %cst_11, %307, %cst_12 : tensor<4x32x128xf32>
    %309 = stablehlo.multiply %308, %308 : tensor<4x32x128xf32>
    %310 = stablehlo.multiply %cst_13, %309 : tensor<4x32x128xf32>
    %311 = stablehlo.add %310, %cst_14 : tensor<4x32x128xf32>
    %312 = stablehlo.multiply %311, %309 : tensor<4x32x128xf32>
    %313 = stablehlo.add %312, %cst_15 : tensor<4x32x128xf32>
    %314 = stablehlo.multiply %313, %309 : tensor<4x32x128xf32>
    %315 = stablehlo.add %314, %cst_16 : tensor<4x32x128xf32>
    %316 = stablehlo.multiply %315, %309 : tensor<4x32x128xf32>
    %317 = stablehlo.add %316, %cst_17 : tensor<4x32x128xf32>
    %318 = stablehlo.multiply %317, %309 : tensor<4x32x128xf32>
    %319 = stablehlo.add %318, %cst_18 : tensor<4x32x128xf32>
    %320 = stablehlo.multiply %319, %309 : tensor<4x32x128xf32>
    %321 = stablehlo.add %320, %cst_19 : tensor<4x32x128xf32>
    %322 = stablehlo.multiply %cst_20, %309 : tensor<4x32x128xf32>
    %323 = stablehlo.add %322, %cst_21 : tensor<4x32x128xf32>
    %324 = stablehlo.multiply %323, %309 : tensor<4x32x128xf32>
    %325 = stablehlo.add %324, %cst_22 : tensor<4x32x128xf32>
    %326 = stablehlo.multiply %325, %309 : tensor<4x32x128xf32>
    %327 = stablehlo.add %326, %cst_23 : tensor<4x32x128xf32>
    %328 = stablehlo.multiply %327, %309 : tensor<4x32x128xf32>
    %329 = stablehlo.add %328, %cst_24 : tensor<4x32x128xf32>
    %330 = stablehlo.multiply %308, %321 : tensor<4x32x128xf32>
    %331 = stablehlo.divide %330, %329 : tensor<4x32x128xf32>
    %332 = stablehlo.clamp %cst_25, %331, %cst_8 : tensor<4x32x128xf32>
    %333 = stablehlo.add %332, %cst_8 : tensor<4x32x128xf32>
    %334 = stablehlo.multiply %333, %306 : tensor<4x32x128xf32>
    %335 = stablehlo.reshape %334 : (tensor<4x32x128xf32>) -> tensor<128x128xf32>
    %336 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %337 = stablehlo.dot_general %335, %336, contracting_dims = [1] x [0] : (tensor<128x128xf32>, tensor<128x32xf32>) -> tensor<128x32xf32>
    %338 = stablehlo.multiply %337, %63 : tensor<128x32xf32>
    %339 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<128x32xf32>
    %340 = stablehlo.multiply %339, %63 : tensor<128x32xf32>
    %341 = stablehlo.add %338, %340 : tensor<128x32xf32>
    %342 = stablehlo.reshape %341 : (tensor<128x32xf32>) -> tensor<4x32x32xf32>
    %343 = stablehlo.add %273, %342 : tensor<4x32x32xf32>
    %344 = stablehlo.convert %343 : (tensor<4x32x32xf32>) -> tensor<4x32x32xf64>
    %345 = stablehlo.reduce(%344 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %346 = stablehlo.reshape %345 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %347 = stablehlo.divide %346, %20 : tensor<4x32x1xf64>
    %348 = stablehlo.broadcast_in_dim %347, dims = [0, 1, 2] : (tensor<4x32x1xf64>) -> tensor<4x32x32xf64>
    %349 = stablehlo.subtract %344, %348 : tensor<4x32x32xf64>
    %350 = stablehlo.multiply %349, %349 : tensor<4x32x32xf64>
    %351 = stablehlo.reduce(%350 init: %cst_7) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf64>, tensor<f64>) -> tensor<4x32xf64>
    %352 = stablehlo.reshape %351 : (tensor<4x32xf64>) -> tensor<4x32x1xf64>
    %353 = stablehlo.divide %352, %20 : tensor<4x32x1xf64>
    %354 = stablehlo.convert %353 : (tensor<4x32x1xf64>) -> tensor<4x32x1xf32>
    %355 = stablehlo.reduce(%343 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<4x32x32xf32>, tensor<f32>) -> tensor<4x32xf32>
    %356 = stablehlo.reshape %355 : (tensor<4x32xf32>) -> tensor<4x32x1xf32>
    %357 = stablehlo.divide %356, %33 : tensor<4x32x1xf32>
    %358 = stablehlo.add %354, %37 : tensor<4x32x1xf32>
    %359 = stablehlo.rsqrt %358 : tensor<4x32x1xf32>
    %360 = stablehlo.broadcast_in_dim %357, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %361 = stablehlo.subtract %343, %360 : tensor<4x32x32xf32>
    %362 = stablehlo.broadcast_in_dim %359, dims = [0, 1, 2] : (tensor<4x32x1xf32>) -> tensor<4x32x32xf32>
    %363 = stablehlo.multiply %361, %362 : tensor<4x32x32xf32>
    %364 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %365 = stablehlo.multiply %363, %364 : tensor<4x32x32xf32>
    %366 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<4x32x32xf32>
    %367 = stablehlo.add %365, %366 : tensor<4x32x32xf32>
    %368 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %369 = stablehlo.reshape %367 : (tensor<4x32x32xf32>) -> tensor<128x32xf32>
    %370 = stablehlo.dot_general %369, %368, contracting_dims = [1] x [0] : (tensor<128x32xf32>, tensor<32x65xf32>) -> tensor<128x65xf32>
    %371 = stablehlo.reshape %370 : (tensor<128x65xf32>) -> tensor<4x32x65xf32>
    %372 = stablehlo.reshape %371 : (tensor<4x32x65xf32>) -> tensor<128x65xf32>
    %373 = stablehlo.reshape %arg33 : (tensor<4x32xi64>) -> tensor<128xi64>
    %374 = stablehlo.reduce(%372 init: %cst_6) applies stablehlo.maximum across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %375 = stablehlo.reshape %374 : (tensor<128xf32>) -> tensor<128x1xf32>
    %376 = stablehlo.broadcast_in_dim %375, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %377 = stablehlo.subtract %372, %376 : tensor<128x65xf32>
    %378 = stablehlo.exponential %377 : tensor<128x65xf32>
    %379 = stablehlo.reduce(%378 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<128x65xf32>, tensor<f32>) -> tensor<128xf32>
    %380 = stablehlo.reshape %379 : (tensor<128xf32>) -> tensor<128x1xf32>
    %381 = stablehlo.log %380 : tensor<128x1xf32>
    %382 = stablehlo.broadcast_in_dim %381, dims = [0, 1] : (tensor<128x1xf32>) -> tensor<128x65xf32>
    %383 = stablehlo.subtract %377, %382 : tensor<128x65xf32>
    %384 = stablehlo.compare NE, %373, %c_0, SIGNED : (tensor<128xi64>, tensor<128xi64>) -> tensor<128xi1>
    %385 = stablehlo.broadcast_in_dim %384, dims = [0] : (tensor<128xi1>) -> tensor<128xi1>
    %386 = stablehlo.broadcast_in_dim %373, dims = [0] : (tensor<128xi64>) -> tensor<128xi64>
    %387 = stablehlo.select %385, %386, %c : tensor<128xi1>, tensor<128xi64>
    %388 = stablehlo.reshape %387 : (tensor<128xi64>) -> tensor<128x1xi64>
    %389 = stablehlo.iota dim = 0 : tensor<128x1x1xi64>
    %390 = stablehlo.reshape %388 : (tensor<128x1xi64>) -> tensor<128x1x1xi64>
    %391 = stablehlo.concatenate %389, %390, dim = 2 : (tensor<128x1x1xi64>, tensor<128x1x1xi64>) -> tensor<128x1x2xi64>
    %392 = "stablehlo.gather"(%383, %391) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<128x65xf32>, tensor<128x1x2xi64>) -> tensor<128x1xf32>
    %393 = stablehlo.reshape %392 : (tensor<128x1xf32>) -> tensor<128xf32>
    %394 = stablehlo.negate %393 : tensor<128xf32>
    %395 = stablehlo.broadcast_in_dim %394, dims = [0] : (tensor<128xf32>) -> tensor<128xf32>
    %396 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<128xf32>
    %397 = stablehlo.select %385, %395, %396 : tensor<128xi1>, tensor<128xf32>
    %398 = stablehlo.convert %384 : (tensor<128xi1>) -> tensor<128xi64>
    %399 = stablehlo.reduce(%398 init: %c_5) applies stablehlo.add across dimensions = [0] : (tensor<128xi64>, tensor<i64>) -> tensor<i64>
    %400 = stablehlo.convert %399 : (tensor<i64>) -> tensor<f32>
    %401 = stablehlo.reduce(%397 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<128xf32>, tensor<f32>) -> tensor<f32>
    %402 = stablehlo.divide %401, %400 : tensor<f32>
    return %402 : tensor<f32>
  }
  func.func @logits(%arg0: tensor<65x32xf32> {pcp.name = "wte.weight", pcp.role = "param"}, %arg1: tensor<32x32xf32> {pcp.name = "wpe.weight", pcp.role = "param"}, %arg2: tensor<32xf32> {pcp.name = "blocks.0.norm1.weight", pcp.role = "param"}, %arg3: tensor<32xf32> {pcp.name = "blocks.0.norm1.bias", pcp.role = "param"}, %arg4: tensor<32x32xf32> {pcp.name = "blocks.0.attn.q.weight", pcp.role = "param"}, %arg5: tensor<32xf32> {pcp.name = "blocks.0.attn.q.bias", pcp.role = "param"}, %arg6: tensor<64x32xf32> {pcp.name = "blocks.0.attn.kv.weight", pcp.role = "param"}, %arg7: tensor<64xf32> {pcp.name = "blocks.0.attn.kv.bias", pcp.role = "param"}, %arg8: tensor<32x32xf32> {pcp.name = "blocks.0.attn.out.weight", pcp.role = "param"}, %arg9: tensor<32xf32> {pcp.name = "blocks.0.attn.out.bias", pcp.role = "param"}, %arg10: tensor<32xf32> {pcp.name = "blocks.0.norm2.weight", pcp.role = "param"}, %arg11: tensor<32xf32> {pcp.name = "blocks.0.norm2.bias", pcp.role = "param"}, %arg12: tensor<128x32xf32> {pcp.name = "blocks.0.up.weight", pcp.role = "param"}, %arg13: tensor<128xf32> {pcp.name = "blocks.0.up.bias", pcp.role = "param"}, %arg14: tensor<32x128xf32> {pcp.name = "blocks.0.down.weight", pcp.role = "param"}, %arg15: tensor<32xf32> {pcp.name = "blocks.0.down.bias", pcp.role = "param"}, %arg16: tensor<32xf32> {pcp.name = "blocks.1.norm1.weight", pcp.role = "param"}, %arg17: tensor<32xf32> {pcp.name = "blocks.1.norm1.bias", pcp.role = "param"}, %arg18: tensor<32x32xf32> {pcp.name = "blocks.1.attn.q.weight", pcp.role = "param"}, %arg19: tensor<32xf32> {pcp.name = "blocks.1.attn.q.bias", pcp.role = "param"}, %arg20: tensor<64x32xf32> {pcp.name = "blocks.1.attn.kv.weight", pcp.role = "param"}, %arg21: tensor<64xf32> {pcp.name = "blocks.1.attn.kv.bias", pcp.role = "param"}, %arg22: tensor<32x32xf32> {pcp.name = "blocks.1.attn.out.weight", pcp.role = "param"}, %arg23: tensor<32xf32> {pcp.name = "blocks.1.attn.out.bias", pcp.role = "param"}, %arg24: tensor<32xf32> {pcp.name = "blocks.1.norm2.weight", pcp.role = "param"}, %arg25: tensor<32xf32> {pcp.name = "blocks.1.norm2.bias", pcp.role = "param"}, %arg26: tensor<128x32xf32> {pcp.name = "blocks.1.up.weight", pcp.role = "param"}, %arg27: tensor<128xf32> {pcp.name = "blocks.1.up.bias", pcp.role = "param"}, %arg28: tensor<32x128xf32> {pcp.name = "blocks.1.down.weight", pcp.role = "param"}, %arg29: tensor<32xf32> {pcp.name = "blocks.1.down.bias", pcp.role = "param"}, %arg30: tensor<32xf32> {pcp.name = "norm.weight", pcp.role = "param"}, %arg31: tensor<32xf32> {pcp.name = "norm.bias", pcp.role = "param"}, %arg32: tensor<1x32xi64> {pcp.name = "tokens", pcp.role = "data"}) -> (tensor<1x32x65xf32> {pcp.name = "logits", pcp.role = "aux"}) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<1x32x128xf32>
    %cst_3 = stablehlo.constant dense<2.000000e+00> : tensor<1x32x128xf32>
    %cst_4 = stablehlo.constant dense<5.000000e-01> : tensor<1x32x128xf32>
    %cst_5 = stablehlo.constant dense<-4.000000e+00> : tensor<1x32x128xf32>
    %cst_6 = stablehlo.constant dense<4.000000e+00> : tensor<1x32x128xf32>
    %cst_7 = stablehlo.constant dense<-2.72614237E-10> : tensor<1x32x128xf32>
    %cst_8 = stablehlo.constant dense<2.77068146E-8> : tensor<1x32x128xf32>
    %cst_9 = stablehlo.constant dense<-2.10102394E-6> : tensor<1x32x128xf32>
    %cst_10 = stablehlo.constant dense<-5.69250624E-5> : tensor<1x32x128xf32>
    %cst_11 = stablehlo.constant dense<-7.34990637E-4> : tensor<1x32x128xf32>
    %cst_12 = stablehlo.constant dense<-2.954600e-03> : tensor<1x32x128xf32>
    %cst_13 = stablehlo.constant dense<-0.0160960332> : tensor<1x32x128xf32>
    %cst_14 = stablehlo.constant dense<-1.45660715E-5> : tensor<1x32x128xf32>
    %cst_15 = stablehlo.constant dense<-2.13374049E-4> : tensor<1x32x128xf32>
    %cst_16 = stablehlo.constant dense<-0.00168282702> : tensor<1x32x128xf32>
    %cst_17 = stablehlo.constant dense<-0.00737332925> : tensor<1x32x128xf32>
    %cst_18 = stablehlo.constant dense<-0.0142647391> : tensor<1x32x128xf32>
    %cst_19 = stablehlo.constant dense<-1.000000e+00> : tensor<1x32x128xf32>
    %cst_20 = arith.constant dense<0> : tensor<1xi64>
    %cst_21 = arith.constant dense<32> : tensor<1xi64>
    %cst_22 = arith.constant dense<1> : tensor<1xi64>
    %cst_23 = arith.constant dense<1.000000e-05> : tensor<1xf64>
    %cst_24 = arith.constant dense<0.35355339059327373> : tensor<1xf64>
    %0 = "stablehlo.gather"(%arg0, %arg32) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<65x32xf32>, tensor<1x32xi64>) -> tensor<1x32x32xf32>
    %1 = stablehlo.convert %0 : tensor<1x32x32xf32>
    %2 = stablehlo.convert %cst_20 : tensor<1xi64>
    %3 = stablehlo.reshape %2 : (tensor<1xi64>) -> tensor<i64>
    %4 = stablehlo.convert %cst_21 : tensor<1xi64>
    %5 = stablehlo.reshape %4 : (tensor<1xi64>) -> tensor<i64>
    %6 = stablehlo.convert %cst_22 : tensor<1xi64>
    %7 = stablehlo.reshape %6 : (tensor<1xi64>) -> tensor<i64>
    %8 = stablehlo.subtract %5, %3 : tensor<i64>
    %9 = stablehlo.convert %7 : (tensor<i64>) -> tensor<f64>
    %10 = stablehlo.convert %8 : (tensor<i64>) -> tensor<f64>
    %11 = stablehlo.divide %10, %9 : tensor<f64>
    %12 = stablehlo.ceil %11 : tensor<f64>
    %13 = stablehlo.convert %12 : (tensor<f64>) -> tensor<i64>
    %14 = stablehlo.reshape %13 : (tensor<i64>) -> tensor<1xi64>
    %15 = stablehlo.dynamic_iota %14, dim = 0 : (tensor<1xi64>) -> tensor<32xi64>
    %16 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<i64>) -> tensor<32xi64>
    %17 = stablehlo.multiply %15, %16 : tensor<32xi64>
    %18 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i64>) -> tensor<32xi64>
    %19 = stablehlo.add %17, %18 : tensor<32xi64>
    %20 = "stablehlo.gather"(%arg1, %19) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 32>}> : (tensor<32x32xf32>, tensor<32xi64>) -> tensor<32x32xf32>
    %21 = stablehlo.convert %20 : tensor<32x32xf32>
    %22 = stablehlo.broadcast_in_dim %21, dims = [1, 2] : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %23 = stablehlo.add %1, %22 : tensor<1x32x32xf32>
    %24 = stablehlo.convert %23 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %25 = stablehlo.reduce(%24 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %26 = stablehlo.reshape %25 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %27 = stablehlo.convert %cst_21 : (tensor<1xi64>) -> tensor<1xf64>
    %28 = stablehlo.reshape %27 : (tensor<1xf64>) -> tensor<f64>
    %29 = stablehlo.broadcast_in_dim %28, dims = [] : (tensor<f64>) -> tensor<1x32x1xf64>
    %30 = stablehlo.divide %26, %29 : tensor<1x32x1xf64>
    %31 = stablehlo.broadcast_in_dim %30, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %32 = stablehlo.subtract %24, %31 : tensor<1x32x32xf64>
    %33 = stablehlo.multiply %32, %32 : tensor<1x32x32xf64>
    %34 = stablehlo.reduce(%33 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %35 = stablehlo.reshape %34 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %36 = stablehlo.divide %35, %29 : tensor<1x32x1xf64>
    %37 = stablehlo.convert %36 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %38 = stablehlo.reduce(%23 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %39 = stablehlo.reshape %38 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %40 = stablehlo.convert %cst_21 : (tensor<1xi64>) -> tensor<1xf32>
    %41 = stablehlo.reshape %40 : (tensor<1xf32>) -> tensor<f32>
    %42 = stablehlo.broadcast_in_dim %41, dims = [] : (tensor<f32>) -> tensor<1x32x1xf32>
    %43 = stablehlo.divide %39, %42 : tensor<1x32x1xf32>
    %44 = stablehlo.convert %cst_23 : (tensor<1xf64>) -> tensor<1xf32>
    %45 = stablehlo.reshape %44 : (tensor<1xf32>) -> tensor<f32>
    %46 = stablehlo.broadcast_in_dim %45, dims = [] : (tensor<f32>) -> tensor<1x32x1xf32>
    %47 = stablehlo.add %37, %46 : tensor<1x32x1xf32>
    %48 = stablehlo.rsqrt %47 : tensor<1x32x1xf32>
    %49 = stablehlo.broadcast_in_dim %43, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %50 = stablehlo.subtract %23, %49 : tensor<1x32x32xf32>
    %51 = stablehlo.broadcast_in_dim %48, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %52 = stablehlo.multiply %50, %51 : tensor<1x32x32xf32>
    %53 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %54 = stablehlo.multiply %52, %53 : tensor<1x32x32xf32>
    %55 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %56 = stablehlo.add %54, %55 : tensor<1x32x32xf32>
    %57 = stablehlo.reshape %56 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %58 = stablehlo.transpose %arg6, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %59 = stablehlo.dot_general %57, %58, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x64xf32>) -> tensor<32x64xf32>
    %60 = stablehlo.convert %cst_22 : (tensor<1xi64>) -> tensor<1xf32>
    %61 = stablehlo.reshape %60 : (tensor<1xf32>) -> tensor<f32>
    %62 = stablehlo.broadcast_in_dim %61, dims = [] : (tensor<f32>) -> tensor<32x64xf32>
    %63 = stablehlo.multiply %59, %62 : tensor<32x64xf32>
    %64 = stablehlo.broadcast_in_dim %arg7, dims = [1] : (tensor<64xf32>) -> tensor<32x64xf32>
    %65 = stablehlo.multiply %64, %62 : tensor<32x64xf32>
    %66 = stablehlo.add %63, %65 : tensor<32x64xf32>
    %67 = stablehlo.reshape %66 : (tensor<32x64xf32>) -> tensor<1x32x64xf32>
    %68 = stablehlo.slice %67 [0:1, 0:32, 0:32] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %69 = stablehlo.slice %67 [0:1, 0:32, 32:64] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %70 = stablehlo.transpose %arg4, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %71 = stablehlo.dot_general %57, %70, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %72 = stablehlo.broadcast_in_dim %61, dims = [] : (tensor<f32>) -> tensor<32x32xf32>
    %73 = stablehlo.multiply %71, %72 : tensor<32x32xf32>
    %74 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %75 = stablehlo.multiply %74, %72 : tensor<32x32xf32>
    %76 = stablehlo.add %73, %75 : tensor<32x32xf32>
    %77 = stablehlo.reshape %76 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %78 = stablehlo.reshape %77 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %79 = stablehlo.transpose %78, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %80 = stablehlo.reshape %68 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %81 = stablehlo.transpose %80, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %82 = stablehlo.reshape %69 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %83 = stablehlo.transpose %82, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %84 = stablehlo.transpose %81, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %85 = stablehlo.reshape %79 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %86 = stablehlo.reshape %84 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %87 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %88 = stablehlo.dot_general %85, %87, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %89 = stablehlo.reshape %88 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %90 = stablehlo.convert %cst_24 : (tensor<1xf64>) -> tensor<1xf32>
    %91 = stablehlo.reshape %90 : (tensor<1xf32>) -> tensor<f32>
    %92 = stablehlo.broadcast_in_dim %91, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %93 = stablehlo.multiply %89, %92 : tensor<1x4x32x32xf32>
    %94 = stablehlo.reshape %19 : (tensor<32xi64>) -> tensor<32x1xi64>
    %95 = stablehlo.reshape %19 : (tensor<32xi64>) -> tensor<1x32xi64>
    %96 = stablehlo.broadcast_in_dim %94, dims = [0, 1] : (tensor<32x1xi64>) -> tensor<32x32xi64>
    %97 = stablehlo.broadcast_in_dim %95, dims = [0, 1] : (tensor<1x32xi64>) -> tensor<32x32xi64>
    %98 = stablehlo.compare GE, %96, %97, SIGNED : (tensor<32x32xi64>, tensor<32x32xi64>) -> tensor<32x32xi1>
    %99 = stablehlo.not %98 : tensor<32x32xi1>
    %100 = stablehlo.reshape %99 : (tensor<32x32xi1>) -> tensor<1x1x32x32xi1>
    %101 = stablehlo.broadcast_in_dim %100, dims = [0, 1, 2, 3] : (tensor<1x1x32x32xi1>) -> tensor<1x4x32x32xi1>
    %102 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x4x32x32xf32>
    %103 = stablehlo.broadcast_in_dim %93, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %104 = stablehlo.select %101, %102, %103 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %105 = stablehlo.reduce(%104 init: %cst) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %106 = stablehlo.reshape %105 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %107 = stablehlo.broadcast_in_dim %106, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %108 = stablehlo.subtract %104, %107 : tensor<1x4x32x32xf32>
    %109 = stablehlo.exponential %108 : tensor<1x4x32x32xf32>
    %110 = stablehlo.reduce(%109 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %111 = stablehlo.reshape %110 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %112 = stablehlo.broadcast_in_dim %111, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %113 = stablehlo.divide %109, %112 : tensor<1x4x32x32xf32>
    %114 = stablehlo.reshape %113 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %115 = stablehlo.reshape %83 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %116 = stablehlo.broadcast_in_dim %115, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %117 = stablehlo.dot_general %114, %116, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %118 = stablehlo.reshape %117 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %119 = stablehlo.transpose %118, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %120 = stablehlo.reshape %119 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %121 = stablehlo.reshape %120 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %122 = stablehlo.transpose %arg8, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %123 = stablehlo.dot_general %121, %122, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %124 = stablehlo.multiply %123, %72 : tensor<32x32xf32>
    %125 = stablehlo.broadcast_in_dim %arg9, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %126 = stablehlo.multiply %125, %72 : tensor<32x32xf32>
    %127 = stablehlo.add %124, %126 : tensor<32x32xf32>
    %128 = stablehlo.reshape %127 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %129 = stablehlo.add %23, %128 : tensor<1x32x32xf32>
    %130 = stablehlo.convert %129 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %131 = stablehlo.reduce(%130 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %132 = stablehlo.reshape %131 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %133 = stablehlo.divide %132, %29 : tensor<1x32x1xf64>
    %134 = stablehlo.broadcast_in_dim %133, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %135 = stablehlo.subtract %130, %134 : tensor<1x32x32xf64>
    %136 = stablehlo.multiply %135, %135 : tensor<1x32x32xf64>
    %137 = stablehlo.reduce(%136 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %138 = stablehlo.reshape %137 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %139 = stablehlo.divide %138, %29 : tensor<1x32x1xf64>
    %140 = stablehlo.convert %139 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %141 = stablehlo.reduce(%129 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %142 = stablehlo.reshape %141 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %143 = stablehlo.divide %142, %42 : tensor<1x32x1xf32>
    %144 = stablehlo.add %140, %46 : tensor<1x32x1xf32>
    %145 = stablehlo.rsqrt %144 : tensor<1x32x1xf32>
    %146 = stablehlo.broadcast_in_dim %143, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %147 = stablehlo.subtract %129, %146 : tensor<1x32x32xf32>
    %148 = stablehlo.broadcast_in_dim %145, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %149 = stablehlo.multiply %147, %148 : tensor<1x32x32xf32>
    %150 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %151 = stablehlo.multiply %149, %150 : tensor<1x32x32xf32>
    %152 = stablehlo.broadcast_in_dim %arg11, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %153 = stablehlo.add %151, %152 : tensor<1x32x32xf32>
    %154 = stablehlo.reshape %153 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %155 = stablehlo.transpose %arg12, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %156 = stablehlo.dot_general %154, %155, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %157 = stablehlo.broadcast_in_dim %61, dims = [] : (tensor<f32>) -> tensor<32x128xf32>
    %158 = stablehlo.multiply %156, %157 : tensor<32x128xf32>
    %159 = stablehlo.broadcast_in_dim %arg13, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %160 = stablehlo.multiply %159, %157 : tensor<32x128xf32>
    %161 = stablehlo.add %158, %160 : tensor<32x128xf32>
    %162 = stablehlo.reshape %161 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %163 = stablehlo.multiply %162, %cst_4 : tensor<1x32x128xf32>
    %164 = stablehlo.rsqrt %cst_3 : tensor<1x32x128xf32>
    %165 = stablehlo.multiply %162, %164 : tensor<1x32x128xf32>
    %166 = stablehlo.clamp %cst_5, %165, %cst_6 : tensor<1x32x128xf32>
    %167 = stablehlo.multiply %166, %166 : tensor<1x32x128xf32>
    %168 = stablehlo.multiply %cst_7, %167 : tensor<1x32x128xf32>
    %169 = stablehlo.add %168, %cst_8 : tensor<1x32x128xf32>
    %170 = stablehlo.multiply %169, %167 : tensor<1x32x128xf32>
    %171 = stablehlo.add %170, %cst_9 : tensor<1x32x128xf32>
    %172 = stablehlo.multiply %171, %167 : tensor<1x32x128xf32>
    %173 = stablehlo.add %172, %cst_10 : tensor<1x32x128xf32>
    %174 = stablehlo.multiply %173, %167 : tensor<1x32x128xf32>
    %175 = stablehlo.add %174, %cst_11 : tensor<1x32x128xf32>
    %176 = stablehlo.multiply %175, %167 : tensor<1x32x128xf32>
    %177 = stablehlo.add %176, %cst_12 : tensor<1x32x128xf32>
    %178 = stablehlo.multiply %177, %167 : tensor<1x32x128xf32>
    %179 = stablehlo.add %178, %cst_13 : tensor<1x32x128xf32>
    %180 = stablehlo.multiply %cst_14, %167 : tensor<1x32x128xf32>
    %181 = stablehlo.add %180, %cst_15 : tensor<1x32x128xf32>
    %182 = stablehlo.multiply %181, %167 : tensor<1x32x128xf32>
    %183 = stablehlo.add %182, %cst_16 : tensor<1x32x128xf32>
    %184 = stablehlo.multiply %183, %167 : tensor<1x32x128xf32>
    %185 = stablehlo.add %184, %cst_17 : tensor<1x32x128xf32>
    %186 = stablehlo.multiply %185, %167 : tensor<1x32x128xf32>
    %187 = stablehlo.add %186, %cst_18 : tensor<1x32x128xf32>
    %188 = stablehlo.multiply %166, %179 : tensor<1x32x128xf32>
    %189 = stablehlo.divide %188, %187 : tensor<1x32x128xf32>
    %190 = stablehlo.clamp %cst_19, %189, %cst_2 : tensor<1x32x128xf32>
    %191 = stablehlo.add %190, %cst_2 : tensor<1x32x128xf32>
    %192 = stablehlo.multiply %191, %163 : tensor<1x32x128xf32>
    %193 = stablehlo.reshape %192 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %194 = stablehlo.transpose %arg14, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %195 = stablehlo.dot_general %193, %194, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %196 = stablehlo.multiply %195, %72 : tensor<32x32xf32>
    %197 = stablehlo.broadcast_in_dim %arg15, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %198 = stablehlo.multiply %197, %72 : tensor<32x32xf32>
    %199 = stablehlo.add %196, %198 : tensor<32x32xf32>
    %200 = stablehlo.reshape %199 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %201 = stablehlo.add %129, %200 : tensor<1x32x32xf32>
    %202 = stablehlo.convert %201 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %203 = stablehlo.reduce(%202 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %204 = stablehlo.reshape %203 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %205 = stablehlo.divide %204, %29 : tensor<1x32x1xf64>
    %206 = stablehlo.broadcast_in_dim %205, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %207 = stablehlo.subtract %202, %206 : tensor<1x32x32xf64>
    %208 = stablehlo.multiply %207, %207 : tensor<1x32x32xf64>
    %209 = stablehlo.reduce(%208 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %210 = stablehlo.reshape %209 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %211 = stablehlo.divide %210, %29 : tensor<1x32x1xf64>
    %212 = stablehlo.convert %211 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %213 = stablehlo.reduce(%201 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %214 = stablehlo.reshape %213 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %215 = stablehlo.divide %214, %42 : tensor<1x32x1xf32>
    %216 = stablehlo.add %212, %46 : tensor<1x32x1xf32>
    %217 = stablehlo.rsqrt %216 : tensor<1x32x1xf32>
    %218 = stablehlo.broadcast_in_dim %215, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %219 = stablehlo.subtract %201, %218 : tensor<1x32x32xf32>
    %220 = stablehlo.broadcast_in_dim %217, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %221 = stablehlo.multiply %219, %220 : tensor<1x32x32xf32>
    %222 = stablehlo.broadcast_in_dim %arg16, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %223 = stablehlo.multiply %221, %222 : tensor<1x32x32xf32>
    %224 = stablehlo.broadcast_in_dim %arg17, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %225 = stablehlo.add %223, %224 : tensor<1x32x32xf32>
    %226 = stablehlo.reshape %225 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %227 = stablehlo.transpose %arg20, dims = [1, 0] : (tensor<64x32xf32>) -> tensor<32x64xf32>
    %228 = stablehlo.dot_general %226, %227, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x64xf32>) -> tensor<32x64xf32>
    %229 = stablehlo.multiply %228, %62 : tensor<32x64xf32>
    %230 = stablehlo.broadcast_in_dim %arg21, dims = [1] : (tensor<64xf32>) -> tensor<32x64xf32>
    %231 = stablehlo.multiply %230, %62 : tensor<32x64xf32>
    %232 = stablehlo.add %229, %231 : tensor<32x64xf32>
    %233 = stablehlo.reshape %232 : (tensor<32x64xf32>) -> tensor<1x32x64xf32>
    %234 = stablehlo.slice %233 [0:1, 0:32, 0:32] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %235 = stablehlo.slice %233 [0:1, 0:32, 32:64] : (tensor<1x32x64xf32>) -> tensor<1x32x32xf32>
    %236 = stablehlo.transpose %arg18, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %237 = stablehlo.dot_general %226, %236, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %238 = stablehlo.multiply %237, %72 : tensor<32x32xf32>
    %239 = stablehlo.broadcast_in_dim %arg19, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %240 = stablehlo.multiply %239, %72 : tensor<32x32xf32>
    %241 = stablehlo.add %238, %240 : tensor<32x32xf32>
    %242 = stablehlo.reshape %241 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %243 = stablehlo.reshape %242 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %244 = stablehlo.transpose %243, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %245 = stablehlo.reshape %234 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %246 = stablehlo.transpose %245, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %247 = stablehlo.reshape %235 : (tensor<1x32x32xf32>) -> tensor<1x32x4x8xf32>
    %248 = stablehlo.transpose %247, dims = [0, 2, 1, 3] : (tensor<1x32x4x8xf32>) -> tensor<1x4x32x8xf32>
    %249 = stablehlo.transpose %246, dims = [0, 1, 3, 2] : (tensor<1x4x32x8xf32>) -> tensor<1x4x8x32xf32>
    %250 = stablehlo.reshape %244 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %251 = stablehlo.reshape %249 : (tensor<1x4x8x32xf32>) -> tensor<4x8x32xf32>
    %252 = stablehlo.broadcast_in_dim %251, dims = [0, 1, 2] : (tensor<4x8x32xf32>) -> tensor<4x8x32xf32>
    %253 = stablehlo.dot_general %250, %252, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x8xf32>, tensor<4x8x32xf32>) -> tensor<4x32x32xf32>
    %254 = stablehlo.reshape %253 : (tensor<4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %255 = stablehlo.multiply %254, %92 : tensor<1x4x32x32xf32>
    %256 = stablehlo.broadcast_in_dim %255, dims = [0, 1, 2, 3] : (tensor<1x4x32x32xf32>) -> tensor<1x4x32x32xf32>
    %257 = stablehlo.select %101, %102, %256 : tensor<1x4x32x32xi1>, tensor<1x4x32x32xf32>
    %258 = stablehlo.reduce(%257 init: %cst) applies stablehlo.maximum across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %259 = stablehlo.reshape %258 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %260 = stablehlo.broadcast_in_dim %259, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %261 = stablehlo.subtract %257, %260 : tensor<1x4x32x32xf32>
    %262 = stablehlo.exponential %261 : tensor<1x4x32x32xf32>
    %263 = stablehlo.reduce(%262 init: %cst_1) applies stablehlo.add across dimensions = [3] : (tensor<1x4x32x32xf32>, tensor<f32>) -> tensor<1x4x32xf32>
    %264 = stablehlo.reshape %263 : (tensor<1x4x32xf32>) -> tensor<1x4x32x1xf32>
    %265 = stablehlo.broadcast_in_dim %264, dims = [0, 1, 2, 3] : (tensor<1x4x32x1xf32>) -> tensor<1x4x32x32xf32>
    %266 = stablehlo.divide %262, %265 : tensor<1x4x32x32xf32>
    %267 = stablehlo.reshape %266 : (tensor<1x4x32x32xf32>) -> tensor<4x32x32xf32>
    %268 = stablehlo.reshape %248 : (tensor<1x4x32x8xf32>) -> tensor<4x32x8xf32>
    %269 = stablehlo.broadcast_in_dim %268, dims = [0, 1, 2] : (tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %270 = stablehlo.dot_general %267, %269, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<4x32x32xf32>, tensor<4x32x8xf32>) -> tensor<4x32x8xf32>
    %271 = stablehlo.reshape %270 : (tensor<4x32x8xf32>) -> tensor<1x4x32x8xf32>
    %272 = stablehlo.transpose %271, dims = [0, 2, 1, 3] : (tensor<1x4x32x8xf32>) -> tensor<1x32x4x8xf32>
    %273 = stablehlo.reshape %272 : (tensor<1x32x4x8xf32>) -> tensor<1x32x32xf32>
    %274 = stablehlo.reshape %273 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %275 = stablehlo.transpose %arg22, dims = [1, 0] : (tensor<32x32xf32>) -> tensor<32x32xf32>
    %276 = stablehlo.dot_general %274, %275, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
    %277 = stablehlo.multiply %276, %72 : tensor<32x32xf32>
    %278 = stablehlo.broadcast_in_dim %arg23, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %279 = stablehlo.multiply %278, %72 : tensor<32x32xf32>
    %280 = stablehlo.add %277, %279 : tensor<32x32xf32>
    %281 = stablehlo.reshape %280 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %282 = stablehlo.add %201, %281 : tensor<1x32x32xf32>
    %283 = stablehlo.convert %282 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %284 = stablehlo.reduce(%283 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %285 = stablehlo.reshape %284 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %286 = stablehlo.divide %285, %29 : tensor<1x32x1xf64>
    %287 = stablehlo.broadcast_in_dim %286, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %288 = stablehlo.subtract %283, %287 : tensor<1x32x32xf64>
    %289 = stablehlo.multiply %288, %288 : tensor<1x32x32xf64>
    %290 = stablehlo.reduce(%289 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %291 = stablehlo.reshape %290 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %292 = stablehlo.divide %291, %29 : tensor<1x32x1xf64>
    %293 = stablehlo.convert %292 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %294 = stablehlo.reduce(%282 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %295 = stablehlo.reshape %294 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %296 = stablehlo.divide %295, %42 : tensor<1x32x1xf32>
    %297 = stablehlo.add %293, %46 : tensor<1x32x1xf32>
    %298 = stablehlo.rsqrt %297 : tensor<1x32x1xf32>
    %299 = stablehlo.broadcast_in_dim %296, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %300 = stablehlo.subtract %282, %299 : tensor<1x32x32xf32>
    %301 = stablehlo.broadcast_in_dim %298, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %302 = stablehlo.multiply %300, %301 : tensor<1x32x32xf32>
    %303 = stablehlo.broadcast_in_dim %arg24, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %304 = stablehlo.multiply %302, %303 : tensor<1x32x32xf32>
    %305 = stablehlo.broadcast_in_dim %arg25, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %306 = stablehlo.add %304, %305 : tensor<1x32x32xf32>
    %307 = stablehlo.reshape %306 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %308 = stablehlo.transpose %arg26, dims = [1, 0] : (tensor<128x32xf32>) -> tensor<32x128xf32>
    %309 = stablehlo.dot_general %307, %308, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x128xf32>) -> tensor<32x128xf32>
    %310 = stablehlo.multiply %309, %157 : tensor<32x128xf32>
    %311 = stablehlo.broadcast_in_dim %arg27, dims = [1] : (tensor<128xf32>) -> tensor<32x128xf32>
    %312 = stablehlo.multiply %311, %157 : tensor<32x128xf32>
    %313 = stablehlo.add %310, %312 : tensor<32x128xf32>
    %314 = stablehlo.reshape %313 : (tensor<32x128xf32>) -> tensor<1x32x128xf32>
    %315 = stablehlo.multiply %314, %cst_4 : tensor<1x32x128xf32>
    %316 = stablehlo.multiply %314, %164 : tensor<1x32x128xf32>
    %317 = stablehlo.clamp %cst_5, %316, %cst_6 : tensor<1x32x128xf32>
    %318 = stablehlo.multiply %317, %317 : tensor<1x32x128xf32>
    %319 = stablehlo.multiply %cst_7, %318 : tensor<1x32x128xf32>
    %320 = stablehlo.add %319, %cst_8 : tensor<1x32x128xf32>
    %321 = stablehlo.multiply %320, %318 : tensor<1x32x128xf32>
    %322 = stablehlo.add %321, %cst_9 : tensor<1x32x128xf32>
    %323 = stablehlo.multiply %322, %318 : tensor<1x32x128xf32>
    %324 = stablehlo.add %323, %cst_10 : tensor<1x32x128xf32>
    %325 = stablehlo.multiply %324, %318 : tensor<1x32x128xf32>
    %326 = stablehlo.add %325, %cst_11 : tensor<1x32x128xf32>
    %327 = stablehlo.multiply %326, %318 : tensor<1x32x128xf32>
    %328 = stablehlo.add %327, %cst_12 : tensor<1x32x128xf32>
    %329 = stablehlo.multiply %328, %318 : tensor<1x32x128xf32>
    %330 = stablehlo.add %329, %cst_13 : tensor<1x32x128xf32>
    %331 = stablehlo.multiply %cst_14, %318 : tensor<1x32x128xf32>
    %332 = stablehlo.add %331, %cst_15 : tensor<1x32x128xf32>
    %333 = stablehlo.multiply %332, %318 : tensor<1x32x128xf32>
    %334 = stablehlo.add %333, %cst_16 : tensor<1x32x128xf32>
    %335 = stablehlo.multiply %334, %318 : tensor<1x32x128xf32>
    %336 = stablehlo.add %335, %cst_17 : tensor<1x32x128xf32>
    %337 = stablehlo.multiply %336, %318 : tensor<1x32x128xf32>
    %338 = stablehlo.add %337, %cst_18 : tensor<1x32x128xf32>
    %339 = stablehlo.multiply %317, %330 : tensor<1x32x128xf32>
    %340 = stablehlo.divide %339, %338 : tensor<1x32x128xf32>
    %341 = stablehlo.clamp %cst_19, %340, %cst_2 : tensor<1x32x128xf32>
    %342 = stablehlo.add %341, %cst_2 : tensor<1x32x128xf32>
    %343 = stablehlo.multiply %342, %315 : tensor<1x32x128xf32>
    %344 = stablehlo.reshape %343 : (tensor<1x32x128xf32>) -> tensor<32x128xf32>
    %345 = stablehlo.transpose %arg28, dims = [1, 0] : (tensor<32x128xf32>) -> tensor<128x32xf32>
    %346 = stablehlo.dot_general %344, %345, contracting_dims = [1] x [0] : (tensor<32x128xf32>, tensor<128x32xf32>) -> tensor<32x32xf32>
    %347 = stablehlo.multiply %346, %72 : tensor<32x32xf32>
    %348 = stablehlo.broadcast_in_dim %arg29, dims = [1] : (tensor<32xf32>) -> tensor<32x32xf32>
    %349 = stablehlo.multiply %348, %72 : tensor<32x32xf32>
    %350 = stablehlo.add %347, %349 : tensor<32x32xf32>
    %351 = stablehlo.reshape %350 : (tensor<32x32xf32>) -> tensor<1x32x32xf32>
    %352 = stablehlo.add %282, %351 : tensor<1x32x32xf32>
    %353 = stablehlo.convert %352 : (tensor<1x32x32xf32>) -> tensor<1x32x32xf64>
    %354 = stablehlo.reduce(%353 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %355 = stablehlo.reshape %354 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %356 = stablehlo.divide %355, %29 : tensor<1x32x1xf64>
    %357 = stablehlo.broadcast_in_dim %356, dims = [0, 1, 2] : (tensor<1x32x1xf64>) -> tensor<1x32x32xf64>
    %358 = stablehlo.subtract %353, %357 : tensor<1x32x32xf64>
    %359 = stablehlo.multiply %358, %358 : tensor<1x32x32xf64>
    %360 = stablehlo.reduce(%359 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf64>, tensor<f64>) -> tensor<1x32xf64>
    %361 = stablehlo.reshape %360 : (tensor<1x32xf64>) -> tensor<1x32x1xf64>
    %362 = stablehlo.divide %361, %29 : tensor<1x32x1xf64>
    %363 = stablehlo.convert %362 : (tensor<1x32x1xf64>) -> tensor<1x32x1xf32>
    %364 = stablehlo.reduce(%352 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<1x32x32xf32>, tensor<f32>) -> tensor<1x32xf32>
    %365 = stablehlo.reshape %364 : (tensor<1x32xf32>) -> tensor<1x32x1xf32>
    %366 = stablehlo.divide %365, %42 : tensor<1x32x1xf32>
    %367 = stablehlo.add %363, %46 : tensor<1x32x1xf32>
    %368 = stablehlo.rsqrt %367 : tensor<1x32x1xf32>
    %369 = stablehlo.broadcast_in_dim %366, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %370 = stablehlo.subtract %352, %369 : tensor<1x32x32xf32>
    %371 = stablehlo.broadcast_in_dim %368, dims = [0, 1, 2] : (tensor<1x32x1xf32>) -> tensor<1x32x32xf32>
    %372 = stablehlo.multiply %370, %371 : tensor<1x32x32xf32>
    %373 = stablehlo.broadcast_in_dim %arg30, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %374 = stablehlo.multiply %372, %373 : tensor<1x32x32xf32>
    %375 = stablehlo.broadcast_in_dim %arg31, dims = [2] : (tensor<32xf32>) -> tensor<1x32x32xf32>
    %376 = stablehlo.add %374, %375 : tensor<1x32x32xf32>
    %377 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<65x32xf32>) -> tensor<32x65xf32>
    %378 = stablehlo.reshape %376 : (tensor<1x32x32xf32>) -> tensor<32x32xf32>
    %379 = stablehlo.dot_general %378, %377, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x65xf32>) -> tensor<32x65xf32>
    %380 = stablehlo.reshape %379 : (tensor<32x65xf32>) -> tensor<1x32x65xf32>
    return %380 : tensor<1x32x65xf32>
  }
}
